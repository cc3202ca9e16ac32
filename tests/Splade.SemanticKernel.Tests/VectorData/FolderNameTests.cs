using System.Text;
using Splade.SemanticKernel.VectorData;

namespace Splade.SemanticKernel.Tests.VectorData;

/// <summary>No two collections have one folder, whatever file systems take for the same name.</summary>
public sealed class FolderNameTests
{
    private const string Alphabet = "aAbBzZ09-_ .~%=+/\\:*?\"<>|\u00e4\u00c4\u0131\u0130\ufb01\u212a\u2126e\u0301\u00e9\u00b9\u3042\t\0";

    [Theory]
    [InlineData("notes", "notes")]
    [InlineData("my-notes_2", "my-notes_2")]
    [InlineData("Notes", "%4Eotes")]
    [InlineData("NOTES", "%4E%4F%54%45%53")]
    [InlineData("notes.", "notes%2E")]
    [InlineData("notes ", "notes%20")]
    [InlineData("..", "%2E%2E")]
    [InlineData("a~1", "a%7E1")]
    [InlineData("%4Eotes", "%254%45otes")]
    [InlineData("\u00e9", "%C3%A9")]
    [InlineData("e\u0301", "e%CC%81")]
    [InlineData("con", "%63on")]
    [InlineData("CON", "%43%4F%4E")]
    [InlineData("nul", "%6Eul")]
    [InlineData("com1", "%63om1")]
    [InlineData("lpt9", "%6Cpt9")]
    [InlineData("com\u00b9", "com%C2%B9")]
    [InlineData("con.txt", "con%2Etxt")]
    [InlineData("cons", "cons")]
    [InlineData("comma", "comma")]
    public void Of_Name_IsEscapedAndComesBack(string collection, string folder)
    {
        Assert.Equal(folder, FolderName.Of(collection));
        Assert.False(FolderName.IsShortened(folder));
        Assert.Equal(collection, FolderName.CollectionOf(folder));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Of_GeneratedNames_DifferWhateverAFileSystemFolds(int seed)
    {
        var random = new Random(seed);
        var folders = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        for (int i = 0; i < 20_000; i++)
        {
            string collection = string.Concat(Enumerable.Range(0, random.Next(1, 4)).Select(_ => Alphabet[random.Next(Alphabet.Length)]));
            collection = random.Next(8) == 0 ? new string('x', 140) + collection : collection;
            string folder = FolderName.Of(collection);

            Assert.Matches("^[a-z0-9A-F%=_-]{1,120}$", folder);
            Assert.Equal(folder, folder.Normalize(NormalizationForm.FormKD));
            Assert.True(folders.TryAdd(folder, collection) || folders[folder] == collection, $"'{collection}' and '{folders[folder]}' are in '{folder}'.");
            Assert.True(FolderName.IsShortened(folder) || FolderName.CollectionOf(folder) == collection);
        }
    }

    [Fact]
    public void Of_LongName_IsCutBetweenEscapes()
    {
        for (int length = 30; length < 200; length++)
        {
            string folder = FolderName.Of(new string('\u3042', length / 9) + new string('a', length % 9) + new string('\u3042', 40));

            Assert.True(folder.Length <= 120);
            Assert.Matches("^(%[0-9A-F]{2}|[a-z])*=[0-9a-f]{64}$", folder);
        }

        Assert.Equal(120, FolderName.Of(new string('a', 120)).Length);
        Assert.StartsWith(new string('a', 55) + "=", FolderName.Of(new string('a', 121)), StringComparison.Ordinal);
    }
}
