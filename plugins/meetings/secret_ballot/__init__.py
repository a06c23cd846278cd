"""A secret vote from the members' own sessions: nobody, the program included, learns who voted how."""
