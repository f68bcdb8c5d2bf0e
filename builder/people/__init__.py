"""Who somebody is to an app (builder, invited person, visitor), what each of them may do, and who is present."""
