"""What is known of a program, from Python."""

from keraslint.diagrams import Options, render
from keraslint.engine import analyse_file

analysis = analyse_file("examples/tutorial.py")
for model in analysis.models:
    print(model.name, model.kind, model.inputs, "→", model.outputs)
    for row in model.layers:
        print("   ", row.name, row.class_name, row.outputs, row.params)

for site, call in analysis.calls():
    location = site.place.location
    print(f"{location.filename}:{location.row}", site.layer, *(spec.shape for spec in call.inputs))

print(render(analysis.models[:1], "text", Options(view="graph")))
