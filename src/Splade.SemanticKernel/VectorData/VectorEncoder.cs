using Microsoft.Extensions.AI;
using Microsoft.Extensions.VectorData.ProviderServices;
using Splade.AI;

namespace Splade.SemanticKernel.VectorData;

/// <summary>Makes vectors of property values and of what is searched for: documents and queries, which models encode in different ways.</summary>
internal static class VectorEncoder
{
    /// <summary>The vectors of a column's values, of which none is null.</summary>
    /// <returns>For each a <see cref="SparseEmbedding"/> or an <see cref="Embedding{T}"/> of floats.</returns>
    public static async Task<IReadOnlyList<Embedding>> EncodeDocumentsAsync(
        VectorColumn column, IReadOnlyList<object> values, CancellationToken cancellationToken)
    {
        if (values.Count == 0)
        {
            return [];
        }

        if (values.All(value => AsEmbedding(value) is not null))
        {
            return [.. values.Select(value => AsEmbedding(value)!)];
        }

        IReadOnlyList<Embedding> embeddings = values.All(value => value is string)
            && await GenerateAsync(column, [.. values.Cast<string>()], EmbeddingInputType.Document, cancellationToken).ConfigureAwait(false) is { } generated
                ? generated
                : await column.Vector!.GenerateEmbeddingsAsync(values, cancellationToken).ConfigureAwait(false);
        return embeddings.Count == values.Count ? embeddings : throw new InvalidOperationException(
            $"The generator of property '{column.Property.ModelName}' made {embeddings.Count} embeddings of {values.Count} values, expected one of each.");
    }

    /// <summary>The vector to search a column with.</summary>
    /// <exception cref="NotSupportedException">The value is no vector, and nothing makes one of it.</exception>
    /// <exception cref="InvalidOperationException">The generator takes no such values.</exception>
    public static async Task<Embedding> EncodeQueryAsync<TInput>(VectorColumn column, TInput value, CancellationToken cancellationToken)
        where TInput : notnull
    {
        if (AsEmbedding(value) is Embedding given)
        {
            return given;
        }

        if (column.Generator is null)
        {
            throw new NotSupportedException(
                VectorDataStrings.InvalidSearchInputAndNoEmbeddingGeneratorWasConfigured(value.GetType(), SpladeModelBuilder.SupportedVectorTypes));
        }

        if (value is string text && await GenerateAsync(column, [text], EmbeddingInputType.Query, cancellationToken).ConfigureAwait(false) is [Embedding encoded])
        {
            return encoded;
        }

        return column.Vector?.EmbeddingGenerationDispatcher?.EmbeddingType == (column.IsSparse ? typeof(SparseEmbedding) : typeof(Embedding<float>))
            ? await column.Vector.GenerateEmbeddingAsync(value, cancellationToken).ConfigureAwait(false)
            : throw new InvalidOperationException(
                VectorDataStrings.IncompatibleEmbeddingGeneratorWasConfiguredForInputType(value.GetType(), column.Generator.GetType()));
    }

    /// <summary>Whether what is searched for is a vector already, for which no model is asked.</summary>
    public static bool IsVector(object value) => AsEmbedding(value) is not null;

    /// <summary>The size of the vectors of a sparse column's generator, which is asked once.</summary>
    public static async Task<int> GetDimensionsAsync(VectorColumn column, CancellationToken cancellationToken)
    {
        // Asking may load the model.
        return column.Dimensions ??= await Task.Run(() => DimensionsOf(column.Generator), cancellationToken).ConfigureAwait(false)
            ?? (await EncodeDocumentsAsync(column, [string.Empty], cancellationToken).ConfigureAwait(false))[0].Dimensions;
    }

    private static int? DimensionsOf(IEmbeddingGenerator? generator) =>
        (generator?.GetService(typeof(SparseModelIdentity)) as SparseModelIdentity)?.Dimensions
            ?? (generator?.GetService(typeof(EmbeddingGeneratorMetadata)) as EmbeddingGeneratorMetadata)?.DefaultModelDimensions;

    /// <summary>A vector as callers give it; null if it is none.</summary>
    private static Embedding? AsEmbedding(object value) => value switch
    {
        SparseEmbedding sparse => sparse,
        SparseVector sparse => new SparseEmbedding(sparse),
        Embedding<float> dense => dense,
        ReadOnlyMemory<float> dense => new Embedding<float>(dense),
        Memory<float> dense => new Embedding<float>(dense),
        float[] dense => new Embedding<float>(dense),
        _ => null,
    };

    /// <summary>What the column's generator makes of texts; null if it takes none.</summary>
    /// <remarks>The options say which side the texts are of; a generator that knows one side only takes them for plain options.</remarks>
    private static async Task<IReadOnlyList<Embedding>?> GenerateAsync(
        VectorColumn column, string[] texts, EmbeddingInputType inputType, CancellationToken cancellationToken)
    {
        var options = new SpladeEmbeddingGenerationOptions { Encoding = { InputType = inputType } };
        return (column.IsSparse, column.Generator) switch
        {
            (true, IEmbeddingGenerator<string, SparseEmbedding> sparse) =>
                [.. await sparse.GenerateAsync(texts, options, cancellationToken).ConfigureAwait(false)],
            (false, IEmbeddingGenerator<string, Embedding<float>> dense) =>
                [.. await dense.GenerateAsync(texts, options, cancellationToken).ConfigureAwait(false)],
            _ => null,
        };
    }
}
