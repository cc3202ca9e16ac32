using Microsoft.Extensions.Logging.Abstractions;
using Splade.AI.Lexical;

namespace Splade.AI.Tests.Bm25;

/// <summary>Options: their ranges, their copies, and that every one of them that changes vectors changes the identity.</summary>
public sealed class Bm25OptionsTests
{
    private static readonly Dictionary<string, Action<Bm25Options>> Changes = new()
    {
        [nameof(Bm25Options.K)] = o => o.K = .9,
        [nameof(Bm25Options.B)] = o => o.B = .4,
        [nameof(Bm25Options.AverageLength)] = o => o.AverageLength = 100.5,
        [nameof(Bm25Options.MaxTokenLength)] = o => o.MaxTokenLength = 20,
        [nameof(Bm25Options.WordCutter)] = o => o.WordCutter = WordCutter.WordsAndCjkBigrams,
        [nameof(Bm25Options.Stemmer)] = o => o.Stemmer = WordStemmer.EnglishSnowball3,
        [nameof(Bm25Options.StopWords)] = o => o.StopWords = ["the"],
        [nameof(Bm25Options.LoggerFactory)] = o => o.LoggerFactory = NullLoggerFactory.Instance,
    };

    [Fact]
    public void ModelHash_EveryOptionThatChangesVectors_ChangesIt()
    {
        Assert.Equal(Changes.Keys.Order(), typeof(Bm25Options).GetProperties().Select(p => p.Name).Order());
        Assert.Equal(IdentityOf(_ => { }), IdentityOf(Changes[nameof(Bm25Options.LoggerFactory)]));
        Action<Bm25Options>[] changes = [_ => { }, .. Changes.Where(c => c.Key != nameof(Bm25Options.LoggerFactory)).Select(c => c.Value)];
        Assert.Equal(changes.Length, changes.Select(change => IdentityOf(change).ModelHash).Distinct().Count());
    }

    [Fact]
    public void ModelHash_RulesOfTheCaller_AreToldByTheirNames()
    {
        string? own = IdentityOf(_ => { }).ModelHash;
        string? first = IdentityOf(o => o.Stemmer = new WordStemmer("german", w => w)).ModelHash;
        string? second = IdentityOf(o => o.Stemmer = new WordStemmer("german", w => w + "x")).ModelHash;
        string? same = IdentityOf(o => o.Stemmer = new WordStemmer(WordStemmer.English.Name, WordStemmer.English.Stem)).ModelHash;
        string? cutter = IdentityOf(o => o.WordCutter = new WordCutter(WordCutter.Words.Name, _ => [])).ModelHash;
        Assert.Equal(first, second);
        Assert.Equal(4, new[] { own, first, same, cutter }.Distinct().Count());
    }

    [Fact]
    public void ModelHash_StopWords_CountAsASetInLowerCase() => Assert.Equal(
        IdentityOf(o => o.StopWords = ["The", "a", "the"]).ModelHash, IdentityOf(o => o.StopWords = ["a", "the"]).ModelHash);

    [Fact]
    public void Identity_OfTheDefaults_TellsWhatAStoreMustKnow()
    {
        SparseModelIdentity identity = IdentityOf(_ => { });
        Assert.Equal(("bm25", int.MaxValue, true, 64), (identity.ModelName, identity.Dimensions, identity.RequiresIdf, identity.ModelHash!.Length));
        Assert.Null(identity.VocabularyHash);
        Assert.Null(identity.Pooling);
        Assert.Null(identity.Activation);
    }

    [Fact]
    public void Clone_AllOptions_AreThose()
    {
        var options = new Bm25Options();
        foreach (Action<Bm25Options> change in Changes.Values)
        {
            change(options);
        }

        Bm25Options copy = options.Clone();
        Assert.All(typeof(Bm25Options).GetProperties(), p => Assert.Equal(p.GetValue(options), p.GetValue(copy)));
        copy.K = 2;
        Assert.NotEqual(copy.K, options.K);
    }

    [Fact]
    public void Set_ValuesOutOfRange_AreRefused()
    {
        var options = new Bm25Options();
        Assert.All([-1, 1001, double.NaN], k => Assert.Throws<ArgumentOutOfRangeException>(() => options.K = k));
        Assert.All([-.1, 1.1, double.NaN], b => Assert.Throws<ArgumentOutOfRangeException>(() => options.B = b));
        Assert.All([0, .9, double.NaN, double.PositiveInfinity], n => Assert.Throws<ArgumentOutOfRangeException>(() => options.AverageLength = n));
        Assert.Throws<ArgumentOutOfRangeException>(() => options.MaxTokenLength = 0);
        Assert.Throws<ArgumentNullException>(() => options.Stemmer = null!);
        Assert.Throws<ArgumentNullException>(() => options.WordCutter = null!);
        Assert.Throws<ArgumentNullException>(() => options.StopWords = null!);
        Assert.Throws<ArgumentNullException>(() => options.StopWords = [null!]);
    }

    [Fact]
    public void StopWords_NullAddedLater_IsRefused()
    {
        List<string> words = ["the"];
        var options = new Bm25Options { StopWords = words };
        words.Add(null!);
        Assert.Throws<ArgumentNullException>(() => new Bm25EmbeddingGenerator(options));
    }

    private static SparseModelIdentity IdentityOf(Action<Bm25Options> change)
    {
        var options = new Bm25Options();
        change(options);
        using var generator = new Bm25EmbeddingGenerator(options);
        return (SparseModelIdentity)generator.GetService(typeof(SparseModelIdentity))!;
    }
}
