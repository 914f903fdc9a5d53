"""An encoder and a decoder that share states, and the models for decoding step by step."""

import keras

latent_dim, encoder_tokens, decoder_tokens = 256, 71, 93

encoder_inputs = keras.Input(shape=(None, encoder_tokens))
encoder = keras.layers.LSTM(latent_dim, return_state=True)
encoder_outputs, state_h, state_c = encoder(encoder_inputs)
encoder_states = [state_h, state_c]

decoder_inputs = keras.Input(shape=(None, decoder_tokens))
decoder_lstm = keras.layers.LSTM(latent_dim, return_sequences=True, return_state=True)
decoder_outputs, _, _ = decoder_lstm(decoder_inputs, initial_state=encoder_states)
decoder_dense = keras.layers.Dense(decoder_tokens, activation="softmax")
decoder_outputs = decoder_dense(decoder_outputs)
model = keras.Model([encoder_inputs, decoder_inputs], decoder_outputs)

encoder_model = keras.Model(encoder_inputs, encoder_states)
state_inputs = [keras.Input(shape=(latent_dim,)) for _ in range(2)]
step_outputs, *step_states = decoder_lstm(decoder_inputs, initial_state=state_inputs)
step_outputs = decoder_dense(step_outputs)
decoder_model = keras.Model([decoder_inputs] + state_inputs, [step_outputs] + step_states)
