"""The door for editors: a language server. Only `keraslint.editor.server` needs pygls."""
