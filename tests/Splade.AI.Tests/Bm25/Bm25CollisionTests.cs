using Microsoft.Extensions.AI;
using Splade.AI.Explanation;
using Splade.AI.Hashing;

namespace Splade.AI.Tests.Bm25;

/// <summary>Two terms on one dimension: the one that is met first later has it, as in FastEmbed's dictionary.</summary>
public sealed class Bm25CollisionTests
{
    private static readonly (string First, string Second) Twins = FindTwins();

    [Fact]
    public async Task GenerateAsync_TermsOnOneDimension_TheLastByFirstAppearanceHasIt()
    {
        using var sut = new Bm25EmbeddingGenerator(new Bm25Options { B = 0 });
        (string a, string b) = Twins;
        Assert.Equal(1f, await WeightAsync($"{a} {a} {a} {b} {a}"), 1e-6f);
        Assert.Equal(3 * 2.2f / 4.2f, await WeightAsync($"{b} {a} {a} {a} {b}"), 1e-6f);

        async Task<float> WeightAsync(string text) => Assert.Single((await sut.GenerateAsync(text)).Vector.Values.ToArray());
    }

    [Fact]
    public void Explain_TermsOnOneDimension_TellsTheOneThatHasIt()
    {
        using var sut = new Bm25EmbeddingGenerator();
        (string a, string b) = Twins;
        TextExplanation explanation = sut.Explain($"{a} {a} {b}");
        ExplainedTerm term = Assert.Single(explanation.Terms);
        Assert.Equal((b, 1, 3), (term.Token, term.Occurrences.Count, explanation.TokenCount));
        Assert.Equal(a, Assert.Single(explanation.UnweightedTokens).Token);
    }

    // Among a hundred thousand terms in 2^31 dimensions there are about two pairs; digits are their own stems.
    private static (string First, string Second) FindTwins()
    {
        var known = new Dictionary<int, string>();
        for (int i = 0; ; i++)
        {
            string term = $"{i}";
            if (!known.TryAdd(HashedTerms.DimensionOf(term), term))
            {
                return (known[HashedTerms.DimensionOf(term)], term);
            }
        }
    }
}
