// Torch's random generator and its thread count belong to the process: a test that seeds it would be disturbed
// by another that draws beside it.
[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]
