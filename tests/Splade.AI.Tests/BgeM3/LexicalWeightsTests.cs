using Splade.AI.BgeM3;
using Splade.AI.Explanation;
using Splade.AI.Tokenization;

namespace Splade.AI.Tests.BgeM3;

/// <summary>What becomes of the weights of tokens.</summary>
public sealed class LexicalWeightsTests
{
    private const int Mask = 2991;

    private static readonly Tokenizer Tokenizer = Tokenizer.Load(Path.Combine(BgeM3Reference.Folder, "tokenizer.json"));

    [Fact]
    public void OfTokens_RepeatedAndSpecialTokens_KeepsTheLargestOfThoseThatCount()
    {
        var sut = new LexicalWeights(BgeM3Reference.Vocabulary, new HashSet<int> { 0, 1, 2, 3 });
        SparseVector vector = sut.OfTokens([0, Mask, 7, Mask, 9, 3, 8, 7, 2, 1], [9, .5f, .25f, .75f, -1, 9, 0, .125f, 9, 9]);
        Assert.Equal(new SparseVector([7, Mask], [.25f, .75f], BgeM3Reference.Vocabulary), vector);
    }

    [Fact]
    public void OfVocabulary_SpecialTokens_AreLeftOut()
    {
        var sut = new LexicalWeights(4, new HashSet<int> { 0 });
        Assert.Equal(new SparseVector([2], [.5f], 4), sut.OfVocabulary([9, 0, .5f, -1, 7]));
    }

    [Fact]
    public void Explain_MaskInTheText_IsLiteral()
    {
        const string Text = "a<mask>b";
        var tokens = TextTokens.Read(Tokenizer, "", Text, new TokenizationOptions());
        var vector = new SparseVector([Mask], [2], BgeM3Reference.Vocabulary);
        float[] weights = Array.ConvertAll(tokens.Ids, id => id == Mask ? 2f : -1f);
        TextExplanation explanation = new LexicalExplainer(Tokenizer, tokens).Explain(vector, weights, new ExplanationOptions());
        ExplainedTerm mask = Assert.Single(explanation.Terms);
        Assert.Equal((TermOrigin.Literal, "<mask>", 2f), (mask.Origin, mask.Token, mask.Source!.Value.Activation));
        TokenOffset place = Assert.Single(mask.Occurrences);
        Assert.Equal("<mask>", Text[place.Start..place.End]);
    }
}
