"""What calls may cost: budgets, counting, the limits of one call, slots, room for what is kept."""
