using System.Diagnostics;
using System.Text.Json.Serialization;
using Microsoft.Extensions.AI;

namespace Splade.AI;

/// <summary>A sparse vector as an embedding of Microsoft.Extensions.AI.</summary>
/// <remarks>
/// <para>The vector is immutable; the inherited properties can be set, and setting them is not safe for concurrent use.</para>
/// <para>
/// Serialises as itself with any options (<c>indices</c>, <c>values</c>, <c>dimensions</c> and the inherited properties). To write it as
/// the base class <see cref="Embedding"/>, with <c>"$type": "sparse"</c>, use <see cref="SpladeJsonUtilities.DefaultOptions"/>. The payload
/// of another kind of embedding, and one without <c>indices</c>, <c>values</c> or <c>dimensions</c>, is refused with an
/// <see cref="ArgumentException"/>: it never reads as an empty vector.
/// </para>
/// </remarks>
[DebuggerDisplay("{Vector.Count} of {Dimensions}")]
public sealed class SparseEmbedding : Embedding
{
    /// <summary>Wraps a vector.</summary>
    public SparseEmbedding(SparseVector vector)
    {
        ArgumentNullException.ThrowIfNull(vector);
        Vector = vector;
    }

    /// <summary>Creates the embedding from a copy of the entries of its vector, under the rules of <see cref="SparseVector"/>.</summary>
    /// <param name="indices">Positions of the entries; for a vector without entries an empty array, not the default of the type.</param>
    /// <param name="values">The weight of each position; for a vector without entries an empty array, not the default of the type.</param>
    /// <param name="dimensions">The size of the space: the model's vocabulary size.</param>
    /// <exception cref="ArgumentException">The entries break one of those rules.</exception>
    [JsonConstructor]
    public SparseEmbedding(ReadOnlyMemory<int> indices, ReadOnlyMemory<float> values, int dimensions)
        : this(new SparseVector(Present(indices, nameof(indices)), Present(values, nameof(values)), dimensions))
    {
    }

    /// <summary>The vector.</summary>
    [JsonIgnore]
    public SparseVector Vector { get; }

    /// <summary>Positions of the vector's entries, strictly ascending.</summary>
    public ReadOnlyMemory<int> Indices => Vector.IndexMemory;

    /// <summary>Weights of the vector's entries, each greater than zero.</summary>
    public ReadOnlyMemory<float> Values => Vector.ValueMemory;

    /// <summary>The size of the space: the model's vocabulary size.</summary>
    [JsonInclude]
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public override int Dimensions => Vector.Dimensions;

    /// <summary>How many tokens of the text the model read, special tokens included; null if not known.</summary>
    public int? TokenCount { get; set; }

    /// <summary>Whether the text was longer than the model's limit, so that its end had no part in the vector.</summary>
    public bool Truncated { get; set; }

    /// <summary>Refuses what the serializer passes for an array that the payload lacks. (JsonRequired would need a setter.)</summary>
    private static ReadOnlySpan<T> Present<T>(ReadOnlyMemory<T> memory, string parameter) =>
        memory.Equals(default)
            ? throw new ArgumentException($"Found no {parameter}, expected those of a sparse vector: this may be another kind of embedding.", parameter)
            : memory.Span;
}
