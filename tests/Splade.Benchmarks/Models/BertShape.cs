namespace Splade.Benchmarks.Models;

/// <summary>The size of a BERT.</summary>
/// <param name="Name">What tables call a model of that size.</param>
/// <param name="Layers">How many layers.</param>
/// <param name="Hidden">The length of a token's hidden state.</param>
/// <param name="Heads">How many heads of attention.</param>
/// <param name="Intermediate">The width between the two dense parts of a layer.</param>
internal sealed record BertShape(string Name, int Layers, int Hidden, int Heads, int Intermediate)
{
    /// <summary>The size of all-MiniLM-L6 and of the small published SPLADE models.</summary>
    public static readonly BertShape MiniLm = new("minilm-size", 6, 384, 12, 1536);

    /// <summary>The size of bert-base and of most published SPLADE models.</summary>
    public static readonly BertShape Base = new("base-size", 12, 768, 12, 3072);

    /// <summary>Whether its weights, and what it computes, are 16-bit floats.</summary>
    public bool IsHalf { get; init; }

    /// <summary>The same in 16-bit floats.</summary>
    public BertShape Half => this with { Name = Name + "-fp16", IsHalf = true };

    /// <summary>Splade-tiny's, whose tokenizer the random models share.</summary>
    public int Vocabulary { get; init; } = 30522;

    /// <summary>The most tokens of a text.</summary>
    public int Positions { get; init; } = 512;
}
