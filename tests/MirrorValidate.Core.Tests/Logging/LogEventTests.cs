using System.Globalization;
using MirrorValidate.Logging;

namespace MirrorValidate.Core.Tests.Logging;

public sealed class LogEventTests
{
    private static readonly DateTimeOffset Time = new(2024, 5, 6, 7, 8, 9, TimeSpan.FromHours(2));

    [Theory]
    [InlineData(nameof(LogLevel.Debug), "DEBU")]
    [InlineData(nameof(LogLevel.Information), "INFO")]
    [InlineData(nameof(LogLevel.Warning), "WARN")]
    [InlineData(nameof(LogLevel.Error), "ERRO")]
    public void A_line_has_its_time_its_level_its_entry_and_its_text(string level, string name) =>
        Assert.Equal($"07:08:09 [{name}] [M_ID:12] text", new LogEvent(Time, Enum.Parse<LogLevel>(level), 12, "text").ToString());

    [Fact]
    public void A_line_that_belongs_to_no_entry_names_none() =>
        Assert.Equal("07:08:09 [INFO] text", new LogEvent(Time, LogLevel.Information, null, "text").ToString());

    [Fact]
    public void A_line_is_the_same_in_every_culture()
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            // No names of real cultures: where globalization is invariant there are none.
            var odd = (CultureInfo)CultureInfo.InvariantCulture.Clone();
            odd.DateTimeFormat.TimeSeparator = "!";
            odd.NumberFormat.NegativeSign = "minus ";
            CultureInfo.CurrentCulture = odd;
            Assert.Equal("07:08:09 [ERRO] [M_ID:1000] text", new LogEvent(Time, LogLevel.Error, 1000, "text").ToString());
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void The_null_sink_wants_nothing()
    {
        Assert.All(Enum.GetValues<LogLevel>(), level => Assert.False(NullLogSink.Instance.IsEnabled(level)));
        NullLogSink.Instance.Write(new LogEvent(Time, LogLevel.Error, null, "text"));
    }
}
