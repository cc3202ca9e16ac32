using Splade.AI.Files;

namespace Splade.AI.Tests.Files;

public sealed class InnerPathTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("a/b.json", "a/b.json")]
    [InlineData("a\\b.json", "a/b.json")]
    [InlineData("./a//b.json", "a/b.json")]
    [InlineData("a/", "a")]
    [InlineData("..a/b..c", "..a/b..c")]
    public void Under_PathInside_IsPutUnderTheFolder(string relative, string expected) =>
        Assert.Equal(Path.Combine([_folder.Path, .. expected.Split('/')]), InnerPath.Under(_folder.Path, relative));

    [Fact]
    public void Under_NoPath_IsTheFolder() => Assert.Equal(_folder.Path, InnerPath.Under(_folder.Path, ""));

    [Theory]
    [InlineData("..")]
    [InlineData("a/../../b")]
    [InlineData("a\\..\\b")]
    [InlineData("/etc/passwd")]
    [InlineData("\\\\server\\share")]
    [InlineData("C:\\a")]
    [InlineData("C:a")]
    [InlineData("a/.. /b")]
    [InlineData("a./b")]
    [InlineData("a/...")]
    [InlineData("a\0b")]
    [InlineData("a/\nb")]
    [InlineData("nul")]
    [InlineData("a/Com1.json")]
    [InlineData("a/lpt¹ .json")]
    public void Under_PathThatLeavesOrIsAnotherElsewhere_IsNone(string relative) => Assert.Null(InnerPath.Under(_folder.Path, relative));

    [UnixFact]
    public void StaysIn_LinksThatLeadToOneAnotherTwice_EndSoon()
    {
        for (int i = 0; i < 70; i++)
        {
            File.CreateSymbolicLink(_folder.PathOf($"l{i}"), i == 69 ? "." : $"l{i + 1}/l{i + 1}");
        }

        Assert.True(InnerPath.StaysIn(_folder.Path, _folder.PathOf("l0")));
        Assert.ThrowsAny<IOException>(() => RegularFile.Open(_folder.PathOf("l0")));
    }

    [UnixFact]
    public void StaysIn_Links_AreFollowed()
    {
        string model = Directory.CreateDirectory(_folder.PathOf("model")).FullName;
        _folder.Write("outside.txt", "");
        _folder.Write("model/inside.txt", "");
        _folder.Write("cache/blobs/1f", "");
        _folder.Write("other/blobs/1f", "");
        Directory.CreateDirectory(_folder.PathOf("cache/snapshots"));
        Assert.True(StaysIn("inside.txt"));
        Assert.True(StaysIn("nothing.txt"));
        Assert.True(StaysIn("../cache/blobs/1f"));
        Assert.False(StaysIn("../other/blobs/1f"));
        Assert.False(StaysIn("../outside.txt"));
        Assert.False(StaysIn("/dev/zero"));
        Directory.CreateSymbolicLink(_folder.PathOf("mine"), model);
        Assert.True(InnerPath.StaysIn(_folder.PathOf("mine"), Path.Combine(model, "inside.txt")));
        Directory.CreateSymbolicLink(_folder.PathOf("model/up"), _folder.Path);
        Assert.False(InnerPath.StaysIn(model, Path.Combine(model, "up", "outside.txt")));

        bool StaysIn(string target)
        {
            string link = Path.Combine(model, "link");
            File.Delete(link);
            File.CreateSymbolicLink(link, target);
            return InnerPath.StaysIn(model, link);
        }
    }
}
