namespace Splade.Benchmarks.Encoding;

/// <summary>A way to encode documents.</summary>
/// <param name="Id">What to type for it.</param>
/// <param name="Name">What tables call it.</param>
/// <param name="Kind">What it is compared as.</param>
/// <param name="Load">Loads the model.</param>
internal sealed record EncoderContender(string Id, string Name, ContenderKind Kind, Func<EncoderContext, IDocumentEncoder> Load)
{
    /// <summary>Whether its vectors are those of float32 logits. Those of others are reported, not required.</summary>
    public bool IsExact { get; init; } = true;

    /// <summary>How many texts' logits, padded to the longest, it turns over in several passes; 0 if it does not.</summary>
    public int WholeTensorRows { get; init; }
}
