"""Plans: the slots that hold, the proposals that would change them, and the job between."""
