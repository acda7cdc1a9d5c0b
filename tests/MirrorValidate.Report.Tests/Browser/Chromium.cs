using Microsoft.Playwright;

namespace MirrorValidate.Report.Tests.Browser;

/// <summary>The Chromium of the machine, started once for all tests. Nothing is downloaded.</summary>
public sealed class Chromium : IAsyncLifetime
{
    /// <summary>The name of the collection of tests that use it.</summary>
    public const string Tests = "Chromium";

    // As in the tests with real registries: 1 fails the tests instead of skipping them.
    private const string RequireVariable = "MIRRORVALIDATE_REQUIRE_REAL_REGISTRY";

    private static readonly string[] _names = ["chromium", "chromium-browser", "google-chrome"];

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    /// <summary>Why the tests are skipped; <see langword="null"/> if they are not.</summary>
    public static string? SkipReason =>
        Find() is null && Environment.GetEnvironmentVariable(RequireVariable) != "1" ? Missing : null;

    private static string Missing => "chromium not found on PATH; on Debian: apt-get install -y chromium";

    /// <summary>The browser.</summary>
    public IBrowser Browser => _browser!;

    /// <inheritdoc/>
    public async Task InitializeAsync()
    {
        if (SkipReason is not null) return;
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = Find() ?? throw new InvalidOperationException(Missing),
            // Root has no sandbox, and containers often have a small /dev/shm.
            Args = ["--no-sandbox", "--disable-dev-shm-usage"],
        });
    }

    /// <inheritdoc/>
    public async Task DisposeAsync()
    {
        if (_browser is not null) await _browser.CloseAsync();
        _playwright?.Dispose();
    }

    private static string? Find() =>
        (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .SelectMany(folder => _names.Select(name => Path.Combine(folder, name)))
            .FirstOrDefault(File.Exists);
}

/// <summary>The tests that use the browser.</summary>
[CollectionDefinition(Chromium.Tests)]
public sealed class ChromiumTests : ICollectionFixture<Chromium>;

/// <summary>A test that needs a browser. Without one it is skipped and says how to get it.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class BrowserFactAttribute : FactAttribute
{
    public BrowserFactAttribute() => Skip = Chromium.SkipReason;
}

/// <summary>A test with several cases that needs a browser.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class BrowserTheoryAttribute : TheoryAttribute
{
    public BrowserTheoryAttribute() => Skip = Chromium.SkipReason;
}
