using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using Splade.AI.Lexical;
using Splade.AI.Tokenization;

namespace Splade.AI.Tests.Bm25;

/// <summary>What is left out of vectors is said, once for a generator, and texts never are.</summary>
public sealed class Bm25WarningsTests : IDisposable
{
    private const string Clause = "これは四十文字を超える一つの長い文であり句読点がまったくないので全体が一語とみなされて落とされてしまう";

    private readonly TestLoggerFactory _log = new();

    public void Dispose() => _log.Dispose();

    [Fact]
    public async Task GenerateAsync_ScriptThatIsNotCut_IsSaidOnce()
    {
        using var sut = new Bm25EmbeddingGenerator(new Bm25Options { LoggerFactory = _log });
        Assert.Equal(0, (await sut.GenerateAsync(Clause)).Vector.Count);
        await sut.AsQueryGenerator().GenerateAsync([Clause, Clause]);
        Assert.Equal(2, _log.Entries.Count);
        Assert.Contains(_log.Entries, e => e.Level == LogLevel.Warning && e.Message.Contains("WordCutter.WordsAndCjkBigrams", StringComparison.Ordinal));
        Assert.Contains(_log.Entries, e => e.Level == LogLevel.Warning && e.Message.StartsWith("Words of more than 40 characters", StringComparison.Ordinal));
        Assert.DoesNotContain(_log.Entries, e => e.Message.Contains('四', StringComparison.Ordinal));
    }

    [Fact]
    public async Task GenerateAsync_CjkBigrams_HaveNothingToSay()
    {
        using var sut = new Bm25EmbeddingGenerator(new Bm25Options { LoggerFactory = _log, WordCutter = WordCutter.WordsAndCjkBigrams });
        Assert.True((await sut.GenerateAsync(Clause)).Vector.Count > 30);
        Assert.Empty(_log.Entries);
        await sut.GenerateAsync("ภาษา");
        Assert.Contains("'words-cjk-bigrams'", Assert.Single(_log.Entries).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("plain naïve “text” Русский", 40)]
    [InlineData("abcde 𐐨𐐨𐐨𐐨𐐨", 5)]
    public async Task GenerateAsync_NothingLeftOut_IsNotSaid(string text, int longest)
    {
        using var sut = new Bm25EmbeddingGenerator(new Bm25Options { LoggerFactory = _log, MaxTokenLength = longest });
        Assert.NotEqual(0, (await sut.GenerateAsync(text)).Vector.Count);
        Assert.Empty(_log.Entries);
    }

    [Theory]
    [InlineData(40, 1)]
    [InlineData(41, 0)]
    public async Task GenerateAsync_LongWords_AreCountedByCodePoints(int length, int terms)
    {
        using var sut = new Bm25EmbeddingGenerator();
        Assert.Equal(terms, (await sut.GenerateAsync(new string('x', length))).Vector.Count);
        Assert.Equal(terms, (await sut.GenerateAsync(string.Concat(Enumerable.Repeat("𐐨", length)))).Vector.Count);
    }

    [Fact]
    public async Task GenerateAsync_RuleOfTheCallerThatThrows_ComesOutOfAnyBatch()
    {
        var broken = new WordCutter("broken", text => text.Length > 3 ? [new TokenOffset(0, 99)] : []);
        using var sut = new Bm25EmbeddingGenerator(new Bm25Options { WordCutter = broken });
        await Assert.ThrowsAsync<InvalidOperationException>(() => sut.GenerateAsync(["ok", "wrong"]));
        await Assert.ThrowsAsync<InvalidOperationException>(() => sut.GenerateAsync([.. Enumerable.Repeat("ok", 10_000), "wrong"]));
    }
}
