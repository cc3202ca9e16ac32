using RagChat.Answering;
using Splade.AI;

namespace RagChat.Tests.Answering;

public sealed class TermMatchTests
{
    [Fact]
    public void Between_TwoVectors_GivesSharedTermsWhoseProductsAddUpToTheScore()
    {
        var query = new SparseVector([0, 2, 3], [1f, 0.5f, 2f], 5);
        var passage = new SparseVector([0, 1, 3], [0.25f, 9f, 1.5f], 5);

        IReadOnlyList<TermMatch> matches = TermMatch.Between(query, passage, ["a", "b", "c", "d", "e"]);

        Assert.Equal([new TermMatch("d", 2f, 1.5f), new TermMatch("a", 1f, 0.25f)], matches);
        Assert.Equal(query.Dot(passage), matches.Sum(m => m.Contribution));
    }
}
