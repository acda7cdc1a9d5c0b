using CsCheck;
using MirrorValidate.Stores.Files;

namespace MirrorValidate.Core.Tests.Stores;

public sealed class TarHeaderTests
{
    [Fact]
    public void Any_bytes_can_be_asked_whether_they_are_a_header() =>
        Gen.Byte.Array[TarHeader.BlockSize].Sample(block =>
        {
            // A checksum of 24 bits by chance: one in some thousands of billions.
            Assert.False(TarHeader.IsHeader(block));
            TarHeader.Size(block);
            TarHeader.Name(block);
            TarHeader.Target(block);
        });

    [Theory]
    [InlineData("00000000017\0", 15L)]
    [InlineData("         17 ", 15L)]
    [InlineData("\x80\0\0\0\0\0\0\0\0\0\x01\0", 256L)]
    [InlineData("\x80\0\0\0\x7f\xff\xff\xff\xff\xff\xff\xff", long.MaxValue)]
    [InlineData("\x80\0\0\0\x80\0\0\0\0\0\0\0", null)]
    [InlineData("\x80\0\0\x01\0\0\0\0\0\0\0\0", null)]
    [InlineData("\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff", null)]
    [InlineData("0000000008\0\0", null)]
    public void Sizes_are_octal_or_binary(string field, long? size)
    {
        byte[] block = new byte[TarHeader.BlockSize];
        System.Text.Encoding.Latin1.GetBytes(field).CopyTo(block, 124);
        Assert.Equal(size, TarHeader.Size(block));
    }
}
