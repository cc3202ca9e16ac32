using Splade.AI.Lexical;

namespace Splade.AI.Tests.Lexical;

public sealed class StopWordListTests
{
    [Fact]
    public void English_List_IsThatOfTheReferenceFolder()
    {
        IReadOnlySet<string> folder = Bm25Options.ReadStopWords(Path.Combine(Repository.TestData, "models", "bm25-english"));
        Assert.True(StopWordList.English.SetEquals(folder));
        Assert.Contains("the", folder);
    }

    [Fact]
    public void ReadStopWords_OtherLanguage_IsUtf8WithOrWithoutItsMark()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(Path.Combine(folder.Path, "german.txt"), "\uFEFFfür\r\nüber\n\n");
        Assert.Equal(["für", "über"], Bm25Options.ReadStopWords(folder.Path, "german").Order(StringComparer.Ordinal));
    }

    [Fact]
    public void ReadStopWords_WhatIsNoList_IsRefused()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(Path.Combine(folder.Path, "latin.txt"), [0x66, 0xFC, 0x72]);
        Assert.Contains("UTF-8", Assert.Throws<SpladeModelException>(() => Bm25Options.ReadStopWords(folder.Path, "latin")).Message, StringComparison.Ordinal);
        Assert.Contains("missing", Assert.Throws<SpladeModelException>(() => Bm25Options.ReadStopWords(folder.Path, "tamil")).Message, StringComparison.Ordinal);
        Assert.Contains("name of a language", Assert.Throws<ArgumentException>(() => Bm25Options.ReadStopWords(folder.Path, "../x")).Message, StringComparison.Ordinal);
    }
}
