using System.Text.Json;

// The protocol of docker/docker-credential-helpers, as far as it is needed to read: `get`, with a server on standard
// input. What it knows is in the file that a variable names, a line for each server: SERVER USER SECRET.
if (args is not ["get"])
{
    Console.WriteLine("Unknown credential action");
    return 1;
}

string server = (await Console.In.ReadLineAsync() ?? "").Trim();
string file = Environment.GetEnvironmentVariable("MIRRORVALIDATE_TEST_CREDENTIALS") ?? "";
string[]? login = File.ReadLines(file).Select(line => line.Split(' ')).FirstOrDefault(line => line[0] == server);
if (login is null)
{
    Console.WriteLine("credentials not found in native keychain");
    return 1;
}

Console.WriteLine(JsonSerializer.Serialize(new { ServerURL = server, Username = login[1], Secret = login[2] }));
return 0;
