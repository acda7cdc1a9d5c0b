namespace MirrorValidate.PowerShell.Tests.Hosting;

/// <summary>Tests that change what all tests of the process see run alone.</summary>
[CollectionDefinition("environment", DisableParallelization = true)]
public sealed class EnvironmentTests;
