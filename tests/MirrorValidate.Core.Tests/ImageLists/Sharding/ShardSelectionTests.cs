using CsCheck;
using MirrorValidate.ImageLists;
using MirrorValidate.ImageLists.Sharding;

namespace MirrorValidate.Core.Tests.ImageLists.Sharding;

public sealed class ShardSelectionTests
{
    private static readonly MirrorSettings _settings = new();

    // What other machines and versions compute: a hash that changes loses entries between them.
    private static readonly string[] _known = ["02 07 08 11", "00 03 05 09", "01 04 06 10"];

    [Fact]
    public void Every_entry_is_in_exactly_one_shard_in_the_order_of_the_list() => Gen.Select(
        Gen.Int[0, 40]
            .Select(number => number % 7 == 0 ? $"unreadable {number}" : LineOf(number / 5, number % 5)).Array[0, 300],
        Gen.Int[1, 12],
        Gen.Bool).Sample((lines, count, byRepository) =>
        {
            string[][] shards = Split(lines, count, byRepository);
            Assert.Equal(
                lines.Order(StringComparer.Ordinal), shards.SelectMany(shard => shard).Order(StringComparer.Ordinal));
            foreach (string[] shard in shards)
            {
                var positions = new Queue<string>(lines);
                Assert.All(shard, line =>
                {
                    while (positions.Dequeue() != line)
                    {
                    }
                });
            }
        });

    [Fact]
    public void The_order_of_the_list_does_not_matter() => Gen.Select(
        Gen.Int[0, 400].Select(number => LineOf(number / 5, number % 5)).Array[1, 200],
        Gen.Int[1, 9],
        Gen.Bool,
        Gen.Int).Sample(
        (lines, count, byRepository, seed) =>
        {
            string[] shuffled = [.. lines];
            new Random(seed).Shuffle(shuffled);
            string[][] shards = Split(lines, count, byRepository);
            string[][] others = Split(shuffled, count, byRepository);
            for (int index = 0; index < count; index++)
                Assert.Equal(shards[index].Order(StringComparer.Ordinal), others[index].Order(StringComparer.Ordinal));
        });

    [Fact]
    public void The_machine_does_not_matter()
    {
        string[] lines = [.. Enumerable.Range(0, 12).Select(number => LineOf(number, 0))];
        string[][] shards = Split(lines, 3, byRepository: false);
        Assert.Equal(_known, shards.Select(shard => string.Join(' ', shard.Select(line => line.Split(' ')[0][^2..]))));
    }

    [Fact]
    public void Shards_differ_by_one_entry_at_most() => Gen.Select(Gen.Int[1, 2000], Gen.Int[1, 30]).Sample(
        (entries, count) =>
        {
            string[] lines = [.. Enumerable.Range(0, entries).Select(number => LineOf(number, 0))];
            int[] sizes = [.. Split(lines, count, byRepository: false).Select(shard => shard.Length)];
            Assert.InRange(sizes.Max() - sizes.Min(), 0, 1);
        },
        iter: 30);

    [Fact]
    public void The_images_of_a_destination_repository_stay_together() => Gen.Select(
        Gen.Int[0, 150].Select(number => LineOf(number / 5, number % 5)).Array[1, 200],
        Gen.Int[1, 9]).Sample((lines, count) =>
        {
            string[][] shards = Split(lines, count, byRepository: true);
            IEnumerable<string> repositories =
                shards.SelectMany(shard => shard.Select(line => line.Split(' ')[1]).Distinct());
            Assert.Equal(repositories.Count(), repositories.Distinct().Count());
        });

    [Fact]
    public void Whole_repositories_are_as_even_as_their_sizes_allow()
    {
        string[] lines = [.. Enumerable.Range(0, 1000).Select(number => LineOf(number / 5, number % 5))];
        Assert.All(Split(lines, 4, byRepository: true), shard => Assert.InRange(shard.Length, 200, 300));
    }

    [Fact]
    public void A_new_entry_moves_few_others()
    {
        string[] lines = [.. Enumerable.Range(0, 400).Select(number => LineOf(number, 0))];
        string[][] before = Split(lines, 4, byRepository: false);
        string[][] after = Split([.. lines, LineOf(1000, 0)], 4, byRepository: false);
        Assert.InRange(before.Zip(after, (one, other) => one.Except(other).Count()).Sum(), 0, 3);
    }

    [Fact]
    public void The_same_image_stays_in_its_shard_however_the_line_writes_it()
    {
        string[] lines = [.. Enumerable.Range(0, 50).Select(number => LineOf(number, 0))];
        string[] written =
        [
            .. Enumerable.Range(0, 50)
                .Select(number => $"app{number:00}:v0\tmirror.example.com/team/app{number:00}:v0"),
        ];
        string[][] shards = Split(lines, 5, byRepository: false);
        Assert.Equal(
            shards.Select(shard => string.Join(' ', shard.Select(line => line.Split('/')[2][..5]))),
            Split(written, 5, byRepository: false).Select(shard => string.Join(' ', shard.Select(line => line[..5]))));
    }

    private static string LineOf(int repository, int tag) =>
        $"docker.io/library/app{repository:00} mirror.example.com/team/app{repository:00} v{tag}";

    private static string[][] Split(string[] lines, int count, bool byRepository) =>
    [
        .. Enumerable.Range(1, count).Select(index =>
        {
            var selection = new ShardSelection(new Shard(index, count), _settings, byRepository);
            for (int i = 0; i < lines.Length; i++)
                selection.Add(ImageListEntry.Read(i + 1, new ImageListLine(lines[i], i + 1, Path: null)));
            return selection.Select().Select(entry => entry.Origin.Text).ToArray();
        }),
    ];
}
