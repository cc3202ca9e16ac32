using System.Diagnostics;
using System.Text.Json.Serialization;
using Microsoft.Extensions.AI;

namespace Splade.AI;

/// <summary>A sparse vector as an embedding of Microsoft.Extensions.AI.</summary>
/// <remarks>
/// <para>The vector is immutable; the inherited properties can be set, and setting them is not safe for concurrent use.</para>
/// <para>
/// Serialises as itself with any options: <c>{"vector":{"indices":[..],"values":[..],"dimensions":30522},..}</c> and the inherited
/// properties. <see cref="SpladeJsonUtilities"/> has options that also write it as the base class <see cref="Embedding"/>, and options that
/// write the vector in a third of the space; all of them read what any of them wrote.
/// </para>
/// <para>
/// The payload of another kind of embedding, as a cache that is shared with a dense generator may hand out, is refused with a
/// <see cref="System.Text.Json.JsonException"/> or an <see cref="ArgumentException"/>: it never reads as an empty vector. Since the vector
/// is an object where theirs are arrays or texts, other embeddings refuse the payload of this one too.
/// </para>
/// </remarks>
[DebuggerDisplay("{Vector.Count} of {Dimensions}")]
public sealed class SparseEmbedding : Embedding
{
    /// <summary>Wraps a vector.</summary>
    /// <exception cref="ArgumentNullException">There is no vector.</exception>
    [JsonConstructor]
    public SparseEmbedding(SparseVector vector) => Vector = vector ?? throw new ArgumentNullException(
        nameof(vector), "Found no vector, expected a sparse one. If this was read from JSON, it may be another kind of embedding.");

    /// <summary>Creates the embedding from a copy of the entries of its vector, under the rules of <see cref="SparseVector"/>.</summary>
    /// <param name="indices">Positions of the entries, strictly ascending.</param>
    /// <param name="values">The weight of each position.</param>
    /// <param name="dimensions">The size of the space: the model's vocabulary size.</param>
    /// <exception cref="ArgumentException">The entries break one of those rules.</exception>
    public SparseEmbedding(ReadOnlyMemory<int> indices, ReadOnlyMemory<float> values, int dimensions)
        : this(new SparseVector(indices.Span, values.Span, dimensions))
    {
    }

    /// <summary>Gets the vector.</summary>
    public SparseVector Vector { get; }

    /// <summary>Gets the positions of the vector's entries, strictly ascending.</summary>
    [JsonIgnore]
    public ReadOnlyMemory<int> Indices => Vector.IndexMemory;

    /// <summary>Gets the weights of the vector's entries, each greater than zero.</summary>
    [JsonIgnore]
    public ReadOnlyMemory<float> Values => Vector.ValueMemory;

    /// <summary>Gets the size of the space: the model's vocabulary size.</summary>
    [JsonIgnore]
    public override int Dimensions => Vector.Dimensions;

    /// <summary>Gets or sets how many tokens of the text the model read, special tokens included; null if not known.</summary>
    public int? TokenCount { get; set; }

    /// <summary>Gets or sets a value indicating whether the text was longer than the model's limit, so that its end had no part in the vector.</summary>
    public bool Truncated { get; set; }
}
