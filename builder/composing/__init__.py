"""The composer's view of a value: its train of cars, what fits next, its arguments, its result.

Pure: JSON in, words out. What a gesture does to a value is here too, so that every typing rule stays on the server.
"""
