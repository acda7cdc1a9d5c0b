using MirrorValidate.Embedded;

namespace MirrorValidate.Core.Tests.Registries.Authentication;

/// <summary>A test with a mirror whose destination asks for tokens.</summary>
/// <param name="bearer">What the destination asks for.</param>
public abstract class BearerTest(BearerAuthentication bearer) : IAsyncLifetime
{
    private Mirror? _pair;

    private protected BearerAuthentication Bearer => bearer;

    private protected Mirror Pair => _pair!;

    private protected EmbeddedRegistry Registry => Pair.Destination;

    public async Task InitializeAsync()
    {
        _pair = await Mirror.StartAsync();
        Registry.Options.Authentication = bearer;
    }

    public async Task DisposeAsync() => await Pair.DisposeAsync();
}
