using Splade.AI.Tokenization;

namespace Splade.AI.Policy.Steps;

/// <summary>The steps for documents or for queries. One that has nothing to do is null.</summary>
/// <remarks>Immutable and safe for concurrent use.</remarks>
internal sealed class PolicyTable(Vocabulary vocabulary)
{
    public FactorStep? Factors { get; init; }

    public SynonymStep? Synonyms { get; init; }

    public ForceStep? Forced { get; init; }

    public Vocabulary Vocabulary => vocabulary;

    public bool IsEmpty => Factors is null && Synonyms is null && Forced is null;

    /// <summary>Whether it matters which tokens the text has.</summary>
    public bool ReadsText => Factors?.ReadsText == true || Synonyms?.ReadsText == true || Forced is not null;

    /// <param name="vector">The model's own weights.</param>
    /// <param name="text">The tokens of the text.</param>
    /// <param name="record">Takes what is done; null where nobody asks.</param>
    public SparseVector Apply(SparseVector vector, ReadOnlySpan<int> text, PolicyRecord? record)
    {
        SparseVector scaled = Factors is null ? vector : Factors.Apply(vector, text, record);
        if (Synonyms is null && Forced is null)
        {
            return scaled;
        }

        var weights = new RaisedWeights(scaled);
        Synonyms?.Apply(weights, text, record);
        Forced?.Apply(weights, text, record);
        return weights.ToVector();
    }
}
