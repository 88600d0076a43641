"""A self-hosted planner: the language model reads, the solver places, the person decides."""
