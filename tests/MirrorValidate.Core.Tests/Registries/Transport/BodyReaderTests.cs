using MirrorValidate.Registries;
using MirrorValidate.Registries.Transport;

namespace MirrorValidate.Core.Tests.Registries.Transport;

/// <summary>Bodies up to a limit (CVE-2020-1702): memory follows what arrives, and stays flat where nothing ends.</summary>
public sealed class BodyReaderTests
{
    private const int Megabyte = 1024 * 1024;

    [Theory]
    [InlineData(0, 10, true)]
    [InlineData(9, 10, true)]
    [InlineData(10, 10, true)]
    [InlineData(11, 10, false)]
    [InlineData(100_000, 100_000, true)]
    [InlineData(100_001, 100_000, false)]
    public async Task As_large_as_the_limit_and_no_larger(int size, int limit, bool isRead)
    {
        byte[] content = new byte[size];
        Random.Shared.NextBytes(content);

        byte[]? body = await ReadAsync(new Unsized(content), limit);

        Assert.Equal(isRead ? content : null, body);
    }

    [Fact]
    public async Task What_is_announced_too_large_is_not_read_at_all()
    {
        var content = new Unsized(new byte[5]);
        content.Headers.ContentLength = 11;

        Assert.Null(await ReadAsync(content, 10));
        Assert.Equal(0, content.Read);
    }

    [Fact]
    public async Task What_does_not_end_is_read_to_the_limit()
    {
        var content = new Unsized(content: null);

        Assert.Null(await ReadAsync(content, 3 * Megabyte));

        // A buffer is as large as the next power of two.
        Assert.InRange(content.Read, 3 * Megabyte, 4 * Megabyte);
    }

    [Fact]
    public async Task A_few_large_bodies_are_read_at_once_and_small_ones_wait_for_none()
    {
        using var large = new SemaphoreSlim(0, 1);
        Task<byte[]?> waits = ReadAsync(new Unsized(new byte[2 * Megabyte]), 8 * Megabyte, large);

        Assert.NotNull(await ReadAsync(new Unsized(new byte[Megabyte / 2]), 8 * Megabyte, large));
        Assert.False(waits.IsCompleted);

        large.Release();
        Assert.Equal(2 * Megabyte, (await waits.WaitAsync(Patience.Long))!.Length);
        Assert.Equal(1, large.CurrentCount);
        Assert.Null(await ReadAsync(new Unsized(content: null), 8 * Megabyte, large));
        Assert.Equal(1, large.CurrentCount);
    }

    [Fact]
    public async Task The_start_of_an_error_is_enough()
    {
        byte[] start = await BodyReader.ReadStartAsync(new Unsized(content: null), 100, default);

        Assert.Equal(100, start.Length);
    }

    [Fact]
    public async Task A_body_that_breaks_off_is_a_fault_and_an_error_that_does_is_no_more_of_one()
    {
        var broken = new StreamContent(new Breaking());

        Assert.Equal(RegistryFault.Unavailable, (await Assert.ThrowsAsync<RegistryException>(() => ReadAsync(broken, 100))).Fault);
        Assert.Empty(await BodyReader.ReadStartAsync(new StreamContent(new Breaking()), 100, default));
    }

    private static async Task<byte[]?> ReadAsync(HttpContent content, int limit, SemaphoreSlim? large = null)
    {
        using var own = new SemaphoreSlim(1, 1);
        return await BodyReader.ReadAsync(content, limit, large ?? own, default);
    }

    /// <summary>Content without a Content-Length; without content it never ends.</summary>
    private sealed class Unsized(byte[]? content) : HttpContent
    {
        internal long Read { get; private set; }

        protected override Task<Stream> CreateContentReadStreamAsync() => Task.FromResult<Stream>(new Counting(this, content));

        protected override Task SerializeToStreamAsync(Stream stream, System.Net.TransportContext? context) => throw new NotSupportedException();

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }

        private sealed class Counting(Unsized owner, byte[]? content) : MemoryStream
        {
            private int _position;

            public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
            {
                int count = content is null ? buffer.Length : Math.Min(buffer.Length, content.Length - _position);
                content?.AsSpan(_position, count).CopyTo(buffer.Span);
                _position += content is null ? 0 : count;
                owner.Read += count;
                return new ValueTask<int>(count);
            }
        }
    }

    private sealed class Breaking : MemoryStream
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => throw new IOException("broken");
    }
}
