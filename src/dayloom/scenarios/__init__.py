"""What if: named suppositions, planned through beside the plan that holds, kept or thrown away."""
