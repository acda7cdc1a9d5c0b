using System.Globalization;
using MirrorValidate.References;
using MirrorValidate.Registries.Authentication;

namespace MirrorValidate.Core.Tests.Registries.Authentication;

/// <summary>What a credential file makes of its helpers' answers (docker/docker-credential-helpers).</summary>
public sealed class CredentialHelperAnswerTests(HelperDirectory helpers) : IClassFixture<HelperDirectory>, IDisposable
{
    private const string Registry = "a.example";
    private const string NotAnAnswer = "its answer is not a JSON object with Username and Secret";
    private const string Answer = """echo '{"Username":"u","Secret":"s"}'""";

    private readonly string _file = Path.GetTempFileName();

    public void Dispose() => File.Delete(_file);

    [SkippableTheory]
    [InlineData("registry.example.com:5000", "registry.example.com:5000")]
    [InlineData("docker.io", "https://index.docker.io/v1/")]
    [InlineData("index.docker.io", "https://index.docker.io/v1/")]
    public async Task A_helper_is_asked_for_the_server_as_docker_login_stored_it(string registry, string server)
    {
        string name = Write("""read server; echo "{\"Username\":\"$1 $server\",\"Secret\":\"s\"}" """);

        RegistryCredential credential = (await Store(name).FindAsync(RegistryHost.Parse(registry), "library/alpine", default))!;

        Assert.Equal($"get {server}", credential.UserName);
        Assert.Equal("s", credential.Secret);
        Assert.False(credential.IsIdentityToken);
    }

    [SkippableFact]
    public async Task The_user_name_in_angle_brackets_marks_an_identity_token()
    {
        string name = Write("""cat > /dev/null; echo '{"Username":"<token>","Secret":"s"}'""");
        RegistryCredential credential = (await FindAsync(name))!;
        Assert.Equal(("s", true), (credential.Secret, credential.IsIdentityToken));
    }

    [SkippableFact]
    public async Task A_user_name_may_be_null()
    {
        string name = Write("""cat > /dev/null; echo '{"Username":null,"Secret":"s"}'""");
        RegistryCredential credential = (await FindAsync(name))!;
        Assert.Equal(("", "s", false), (credential.UserName, credential.Secret, credential.IsIdentityToken));
    }

    [SkippableTheory]
    [InlineData("""echo '{"Username":"u","Secret":""}'""")]
    [InlineData("""echo '{"Username":"u","Secret":null}'""")]
    [InlineData("echo 'credentials not found in native keychain'; exit 1")]
    [InlineData("echo 'Error: Credentials NOT found in native keychain.'; exit 2")]
    public async Task A_helper_without_a_credential_leaves_the_file_to_answer(string script)
    {
        string name = Write($"cat > /dev/null; {script}");
        const string auths = """{"a.example":{"username":"file","password":"p"}}""";
        File.WriteAllText(_file, $$"""{"credsStore":"{{name}}","auths":{{auths}}}""");

        Assert.Equal("file", (await FindAsync())?.UserName);
        Assert.Null(await new CredentialFile(_file).FindAsync(RegistryHost.Parse("b.example"), "library/alpine", default));
    }

    [SkippableTheory]
    [InlineData("exit 3", "it ended with exit code 3")]
    [InlineData("cat > /dev/null; echo 'not found'; exit 1", "it ended with exit code 1")]
    [InlineData("cat > /dev/null; echo 'credentials not found in native keychain'", NotAnAnswer)]
    [InlineData("cat > /dev/null; echo '[]'", NotAnAnswer)]
    [InlineData("cat > /dev/null; echo '{\"Username\":\"u\"}'", NotAnAnswer)]
    [InlineData("cat > /dev/null; echo '{\"Secret\":\"s\"}'", NotAnAnswer)]
    [InlineData("cat > /dev/null; echo '{\"Username\":\"u\",\"Secret\":1}'", NotAnAnswer)]
    [InlineData("cat > /dev/null; head -c 65536 /dev/zero", "it answered more than 65536 bytes")]
    public async Task A_helper_that_fails_is_named_with_its_file(string script, string problem)
    {
        string name = Write(script);

        CredentialException e = await Assert.ThrowsAsync<CredentialException>(() => FindAsync(name));

        Assert.Equal(
            $"the credential helper docker-credential-{name} (configured in {_file}) failed: {problem}. "
            + "No other credentials were tried.",
            e.Message);
    }

    [SkippableFact]
    public async Task An_answer_just_within_the_limit_is_read()
    {
        string name = Write($"cat > /dev/null; {Answer}; head -c 65505 /dev/zero | tr '\\0' ' '");
        Assert.Equal("u", (await FindAsync(name))?.UserName);
    }

    [SkippableFact]
    public async Task A_helper_that_complains_at_length_is_still_read()
    {
        string name = Write($"cat > /dev/null; head -c 1000000 /dev/zero >&2; {Answer}");
        Assert.Equal("u", (await FindAsync(name))?.UserName);
    }

    [SkippableFact]
    public async Task A_helper_that_does_not_read_its_input_is_still_read() =>
        Assert.Equal("u", (await FindAsync(Write($"exec < /dev/null; {Answer}")))?.UserName);

    [SkippableFact]
    public async Task Only_an_executable_file_in_an_absolute_directory_of_the_PATH_is_run()
    {
        SkipOnWindows();
        foreach (string name in new[] { helpers.WriteNotExecutable(), helpers.WriteRelative(), "absent" })
        {
            CredentialException e = await Assert.ThrowsAsync<CredentialException>(() => FindAsync(name));
            Assert.Contains("failed: it is not on the PATH.", e.Message, StringComparison.Ordinal);
        }
    }

    [SkippableFact]
    public async Task A_file_that_the_system_cannot_run_is_an_error_with_its_cause()
    {
        SkipOnWindows();
        CredentialException e = await Assert.ThrowsAsync<CredentialException>(() => FindAsync(helpers.WriteBroken()));
        Assert.Contains("failed: it cannot be started.", e.Message, StringComparison.Ordinal);
        Assert.IsType<System.ComponentModel.Win32Exception>(e.InnerException);
    }

    [Theory]
    [InlineData("../evil")]
    [InlineData("a b")]
    [InlineData(".hidden")]
    [InlineData("name\\n")]
    public async Task A_name_that_could_lead_elsewhere_is_refused(string name)
    {
        CredentialException e = await Assert.ThrowsAsync<CredentialException>(() => FindAsync(name));
        Assert.Contains("failed: its name is not one of letters, digits, . _ -.", e.Message, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task A_helper_is_asked_once_for_each_host_and_its_failure_is_kept()
    {
        string log = helpers.PathOf("asked");
        string good = Write($"read server; echo $server >> {log}; {Answer}");
        string bad = Write($"read server; echo $server >> {log}; exit 1");
        File.WriteAllText(_file, $$$"""{"credsStore":"{{{good}}}","credHelpers":{"bad.example":"{{{bad}}}"} }""");
        var file = new CredentialFile(_file);

        foreach (string host in new[] { "a.example", "b.example", "A.example" })
            Assert.Equal("u", (await file.FindAsync(RegistryHost.Parse(host), "library/alpine", default))?.UserName);
        for (int i = 0; i < 2; i++)
        {
            RegistryHost host = RegistryHost.Parse("bad.example");
            await Assert.ThrowsAsync<CredentialException>(async () => await file.FindAsync(host, "library/alpine", default));
        }

        Assert.Equal(["a.example", "b.example", "bad.example"], File.ReadAllLines(log));
    }

    [SkippableFact]
    public async Task Cancelling_ends_the_helper_and_the_next_caller_asks_again()
    {
        string pid = helpers.PathOf("pid");
        string name = Write(
            $$"""
            read server
            if [ -e {{pid}} ]; then {{Answer}}; exit; fi
            echo $$ > {{pid}}.tmp; mv {{pid}}.tmp {{pid}}
            exec sleep 600
            """);
        CredentialFile file = Store(name);
        using var cancel = new CancellationTokenSource();
        Task<RegistryCredential?> asking = file.FindAsync(RegistryHost.Parse(Registry), "library/alpine", cancel.Token).AsTask();
        await Patience.UntilAsync(() => File.Exists(pid));
        int id = int.Parse(File.ReadAllText(pid), CultureInfo.InvariantCulture);

        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking);
        if (OperatingSystem.IsLinux()) await Patience.UntilAsync(() => !Directory.Exists($"/proc/{id}"));
        Assert.Equal("u", (await file.FindAsync(RegistryHost.Parse(Registry), "library/alpine", default))?.UserName);
    }

    private static void SkipOnWindows() => Skip.If(OperatingSystem.IsWindows(), "the helpers are shell scripts");

    private string Write(string script)
    {
        SkipOnWindows();
        return helpers.Write(script);
    }

    private CredentialFile Store(string name)
    {
        File.WriteAllText(_file, $$"""{"credsStore":"{{name}}"}""");
        return new CredentialFile(_file);
    }

    private Task<RegistryCredential?> FindAsync(string? name = null)
    {
        CredentialFile file = name is null ? new CredentialFile(_file) : Store(name);
        return file.FindAsync(RegistryHost.Parse(Registry), "library/alpine", default).AsTask();
    }
}
