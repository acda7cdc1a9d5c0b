using MirrorValidate.Registries.Authentication;

namespace MirrorValidate.Core.Tests.Registries.Authentication;

/// <summary>What is kept of the scopes that a host names.</summary>
public sealed class ScopeMemoryTests
{
    [Fact]
    public void A_host_that_names_ever_new_scopes_does_not_fill_the_memory()
    {
        var memory = new ScopeMemory();

        for (int number = 0; number < 10_000; number++)
            memory.Learn($"team/x{number}", $"repository:behind/x{number}:pull");

        Assert.Equal("repository:behind/x0:pull", memory.Find("team/x0"));
        // Not the name in the request either, which would be refused: the host is asked each time.
        Assert.Null(memory.Find("team/x9999"));
    }
}
