"""The rules of travel: the trip, the standards, the claim, the payment."""
