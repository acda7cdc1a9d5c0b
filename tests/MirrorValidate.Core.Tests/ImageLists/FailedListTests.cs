using MirrorValidate.ImageLists;

namespace MirrorValidate.Core.Tests.ImageLists;

public sealed class FailedListTests : IDisposable
{
    private readonly TemporaryFile _file = new();

    public void Dispose() => _file.Dispose();

    [Fact]
    public void The_list_is_in_list_order_whatever_order_the_entries_fail_in()
    {
        using FailedList list = FailedList.Create(_file.Path);
        list.Add(3, "c  c\tc # as read");
        list.Add(1, "a a ä");
        list.Add(2, "b b b");
        Assert.Equal(3, list.Count);
        list.Complete(wasInput: false);
        Assert.Equal("a a ä\nb b b\nc  c\tc # as read\n"u8.ToArray(), File.ReadAllBytes(_file.Path));
        Assert.Equal(["list.txt"], _file.Names);
    }

    [Fact]
    public void What_failed_in_list_order_is_written_as_it_is()
    {
        using FailedList list = FailedList.Create(_file.Path);
        list.Add(1, "a a a");
        list.Add(4, "d d d");
        list.Complete(wasInput: false);
        Assert.Equal("a a a\nd d d\n", File.ReadAllText(_file.Path));
        Assert.Equal(["list.txt"], _file.Names);
    }

    [Fact]
    public void Entries_are_on_disk_as_soon_as_they_are_added_and_the_old_list_is_whole_until_the_end()
    {
        File.WriteAllText(_file.Path, "old old old\n");
        using FailedList list = FailedList.Create(_file.Path);
        list.Add(2, "b b b");
        Assert.Equal("b b b\n", ReadPartial());
        list.Add(1, "a a a");
        Assert.Equal("b b b\na a a\n", ReadPartial());
        Assert.Equal("old old old\n", File.ReadAllText(_file.Path));
        list.Complete(wasInput: false);
        Assert.Equal("a a a\nb b b\n", File.ReadAllText(_file.Path));
    }

    [Fact]
    public void A_run_that_is_cut_short_leaves_the_old_list_and_what_failed_so_far()
    {
        File.WriteAllText(_file.Path, "old old old\n");
        using (FailedList list = FailedList.Create(_file.Path)) list.Add(1, "a a a");
        Assert.Equal("old old old\n", File.ReadAllText(_file.Path));
        Assert.Equal("a a a\n", ReadPartial());
    }

    [Fact]
    public void A_run_that_is_cut_short_before_anything_failed_leaves_nothing()
    {
        FailedList.Create(_file.Path).Dispose();
        Assert.Empty(_file.Names);
    }

    [Fact]
    public void Nothing_failed_no_file()
    {
        File.WriteAllText(_file.Path, "old old old\n");
        using FailedList list = FailedList.Create(_file.Path);
        list.Complete(wasInput: false);
        Assert.Empty(_file.Names);
    }

    [Fact]
    public void Nothing_failed_of_what_the_list_itself_named_an_empty_file()
    {
        File.WriteAllText(_file.Path, "old old old\n");
        using FailedList list = FailedList.Create(_file.Path);
        list.Complete(wasInput: true);
        Assert.Equal(["list.txt"], _file.Names);
        Assert.Equal("", File.ReadAllText(_file.Path));
    }

    [Fact]
    public void The_list_may_be_read_while_it_is_replaced()
    {
        File.WriteAllText(_file.Path, "a a a\nb b b\nc c c\n");
        using FailedList list = FailedList.Create(_file.Path);
        using IEnumerator<ImageListLine> lines = ImageListReader.ReadFile(_file.Path).GetEnumerator();
        Assert.True(lines.MoveNext());
        list.Add(1, lines.Current.Text);
        list.Complete(wasInput: true);
        Assert.True(lines.MoveNext());
        Assert.Equal("b b b", lines.Current.Text);
        Assert.Equal("a a a\n", File.ReadAllText(_file.Path));
    }

    [Fact]
    public void What_a_killed_run_left_is_set_aside_and_no_part_of_the_next_list()
    {
        File.WriteAllText(_file.Path + ".partial", "stale stale stale\n");
        File.WriteAllText(_file.Path + ".partial.sorted", "stale stale stale, and longer than what comes\n");
        using FailedList list = FailedList.Create(_file.Path);
        Assert.Equal(_file.Path, list.Path);
        list.Add(2, "b b b");
        list.Add(1, "a a a");
        list.Complete(wasInput: false);
        Assert.Equal("a a a\nb b b\n", File.ReadAllText(_file.Path));
        Assert.Equal(["list.txt", "list.txt.partial.old"], _file.Names);
        Assert.Equal("stale stale stale\n", File.ReadAllText(list.SetAside!));
    }

    [Fact]
    public void What_was_set_aside_before_stays()
    {
        File.WriteAllText(_file.Path + ".partial.old", "the first killed run's\n");
        File.WriteAllText(_file.Path + ".partial", "the second's\n");
        using FailedList list = FailedList.Create(_file.Path);
        list.Complete(wasInput: false);
        Assert.Equal(_file.Path + ".partial.old.2", list.SetAside);
        Assert.Equal("the first killed run's\n", File.ReadAllText(_file.Path + ".partial.old"));
        Assert.Equal("the second's\n", File.ReadAllText(list.SetAside!));
    }

    [Fact]
    public void A_killed_run_to_which_nothing_had_failed_leaves_nothing_to_set_aside()
    {
        File.WriteAllText(_file.Path + ".partial", "");
        using FailedList list = FailedList.Create(_file.Path);
        Assert.Null(list.SetAside);
        list.Complete(wasInput: false);
        Assert.Empty(_file.Names);
    }

    [Fact]
    public void Lists_that_cannot_be_written_say_so_and_lose_nothing()
    {
        using FailedList list = FailedList.Create(_file.Path);
        list.Add(1, "a a a");
        Directory.CreateDirectory(_file.Path);
        Assert.ThrowsAny<Exception>(() => list.Complete(wasInput: false));
        list.Dispose();
        Assert.Equal("a a a\n", ReadPartial());
        Assert.Throws<DirectoryNotFoundException>(() => FailedList.Create(Path.Combine(_file.Path + ".d", "list.txt")));
    }

    private string ReadPartial()
    {
        using var stream = new FileStream(_file.Path + ".partial", FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
