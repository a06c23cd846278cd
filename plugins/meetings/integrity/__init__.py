"""What holds at every meeting, whatever the agency's texts say: one record, one vote each, secrets kept."""
