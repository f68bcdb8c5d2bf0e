"""Who somebody is to an app: builder, invited, visitor; what each may do, and who is here now."""
