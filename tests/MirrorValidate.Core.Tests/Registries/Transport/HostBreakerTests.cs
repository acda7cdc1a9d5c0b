using MirrorValidate.Registries;
using MirrorValidate.Registries.Transport;

namespace MirrorValidate.Core.Tests.Registries.Transport;

/// <summary>What opens the circuit of a host, and what closes it.</summary>
public sealed class HostBreakerTests
{
    private static readonly RegistryException Silence = new(RegistryFault.Unavailable, "the connection was refused");

    [Fact]
    public void Three_failures_in_a_row_open_it_and_are_told()
    {
        var breaker = new HostBreaker(TimeSpan.FromMinutes(5));
        for (int request = 0; request < 3; request++)
        {
            Assert.True(breaker.TryEnter());
            breaker.Record(Silence);
        }

        Assert.False(breaker.TryEnter());
        Assert.Equal("the connection was refused", breaker.LastProblem);
    }

    [Fact]
    public void An_answer_ends_the_row()
    {
        var breaker = new HostBreaker(TimeSpan.FromMinutes(5));
        foreach (RegistryException? fault in new[] { Silence, Silence, null, Silence, Silence, new RegistryException(RegistryFault.NotFound, "404"), Silence, Silence })
            breaker.Record(fault);

        Assert.True(breaker.TryEnter());
    }

    [Fact]
    public void One_request_tries_again_after_the_break_and_an_answer_closes_it()
    {
        HostBreaker breaker = Opened();

        Assert.True(breaker.TryEnter());
        Assert.False(breaker.TryEnter());
        breaker.Record(null);

        Assert.True(breaker.TryEnter());
        Assert.True(breaker.TryEnter());
    }

    [Fact]
    public void A_failure_of_the_request_that_tries_again_leaves_it_open()
    {
        HostBreaker breaker = Opened();

        Assert.True(breaker.TryEnter());
        breaker.Record(Silence);

        Assert.True(breaker.TryEnter());
        Assert.False(breaker.TryEnter());
    }

    [Fact]
    public void After_a_cancelled_request_the_next_tries_again()
    {
        HostBreaker breaker = Opened();

        Assert.True(breaker.TryEnter());
        breaker.Record(new OperationCanceledException());

        Assert.True(breaker.TryEnter());
        Assert.False(breaker.TryEnter());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Requests_sent_before_it_opened_change_nothing(bool isAnswered)
    {
        var breaker = new HostBreaker(TimeSpan.FromMinutes(5));
        for (int request = 0; request < 3; request++) breaker.Record(Silence);

        breaker.Record(isAnswered ? null : new RegistryException(RegistryFault.TimedOut, "too late"));

        Assert.False(breaker.TryEnter());
        Assert.Equal(Silence.Message, breaker.LastProblem);
    }

    // The break is over at once.
    private static HostBreaker Opened()
    {
        var breaker = new HostBreaker(TimeSpan.Zero);
        for (int request = 0; request < 3; request++) breaker.Record(Silence);
        return breaker;
    }
}
