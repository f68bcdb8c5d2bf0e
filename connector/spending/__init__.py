"""What calls may cost: budgets, counting, the limits of one call, slots, and room for what is stored."""
