using Splade.AI.Bm25;
using Splade.AI.Tokenization;

namespace Splade.AI.Tests.Bm25;

/// <summary>Counting the terms of a text: what it takes, and what it leaves behind.</summary>
public sealed class TermCountsTests
{
    [Fact]
    public void GetHashCode_TermsOnOneDimension_AreTold()
    {
        // Whoever writes texts can find as many words of one dimension as they like: a table by dimensions would have them all in one place.
        string[] words = [.. OneDimension.Words(100)];
        Term[] terms = [.. words.Select(word => new Term(word))];
        Assert.Single(terms.Select(term => term.Dimension).Distinct());
        Assert.InRange(terms.Select(term => term.GetHashCode()).Distinct().Count(), 99, 100);
        Assert.Equal(new Term(words[0]).GetHashCode(), terms[0].GetHashCode());
    }

    [Fact]
    public void Return_RoomOfALongText_IsNotKept()
    {
        TermCounts large = TermCounts.Rent();
        large.Words.AddRange(Enumerable.Repeat(new TokenOffset(0, 1), 100_000));
        TermCounts.Return(large);
        Assert.NotSame(large, TermCounts.Rent());

        TermCounts small = TermCounts.Rent();
        small.Words.AddRange(Enumerable.Repeat(new TokenOffset(0, 1), 100));
        TermCounts.Return(small);
        Assert.Same(small, TermCounts.Rent());
    }

    [Fact]
    public void Return_RoomOfALongWord_IsNotKept()
    {
        TermCounts large = TermCounts.Rent();
        _ = large.Letters(100_000);
        TermCounts.Return(large);
        Assert.NotSame(large, TermCounts.Rent());
    }
}
