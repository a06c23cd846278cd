"""What the core itself registers: stand-ins, absences, appointments, corrections."""
