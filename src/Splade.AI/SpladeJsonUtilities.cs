using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.AI;
using Splade.AI.Hybrid;
using Splade.AI.Vectors.Files;

namespace Splade.AI;

/// <summary>JSON options that know <see cref="SparseEmbedding"/> as a kind of <see cref="Embedding"/>.</summary>
/// <remarks>Each reads what the other wrote. Both are source-generated, also work where reflection is switched off, and are safe for concurrent use.</remarks>
public static partial class SpladeJsonUtilities
{
    /// <summary>
    /// The options of <see cref="AIJsonUtilities.DefaultOptions"/>, which in addition read and write a <see cref="SparseEmbedding"/>
    /// wherever an <see cref="Embedding"/> is declared, with <c>"$type": "sparse"</c>, and know <see cref="SpladeEmbeddingGenerationOptions"/>.
    /// Read-only.
    /// </summary>
    public static JsonSerializerOptions DefaultOptions { get; } = CreateDefaultOptions();

    /// <summary>
    /// <see cref="DefaultOptions"/> for caches: no white space, and vectors as <c>{"base64":".."}</c>, the bytes of a
    /// <see cref="SparseVectorFile"/>. That is about 7.5 characters for each entry of a vector, and the same weights to the last bit. Read-only.
    /// </summary>
    public static JsonSerializerOptions CompactOptions { get; } = CreateCompactOptions();

    private static JsonSerializerOptions CreateDefaultOptions()
    {
        var options = new JsonSerializerOptions(AIJsonUtilities.DefaultOptions);
        options.TypeInfoResolver = JsonTypeInfoResolver.Combine(SpladeJsonContext.Default, HybridJson.Default, options.TypeInfoResolver).WithAddedModifier(AddSparse);
        options.MakeReadOnly();
        return options;
    }

    private static JsonSerializerOptions CreateCompactOptions()
    {
        var options = new JsonSerializerOptions(DefaultOptions) { WriteIndented = false };
        options.TypeInfoResolver = options.TypeInfoResolver!.WithAddedModifier(WriteCompactly);
        options.MakeReadOnly();
        return options;
    }

    private static void AddSparse(JsonTypeInfo type)
    {
        if (type.Type == typeof(Embedding) && type.PolymorphismOptions is { } known)
        {
            known.DerivedTypes.Add(new JsonDerivedType(typeof(SparseEmbedding), "sparse"));
        }
    }

    private static void WriteCompactly(JsonTypeInfo type)
    {
        if (type.Type == typeof(SparseEmbedding))
        {
            type.Properties.Single(p => p.PropertyType == typeof(SparseVector)).CustomConverter = SparseVectorConverter.Compact;
        }
    }

    [JsonSerializable(typeof(SparseEmbedding))]
    [JsonSerializable(typeof(SparseModelIdentity))]
    [JsonSerializable(typeof(SpladeEmbeddingGenerationOptions))]
    [JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
    private sealed partial class SpladeJsonContext : JsonSerializerContext;
}
