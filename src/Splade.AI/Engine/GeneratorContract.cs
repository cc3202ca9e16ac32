using Microsoft.Extensions.AI;

namespace Splade.AI;

/// <summary>What both generators owe to the contract of Microsoft.Extensions.AI, in the same words.</summary>
internal static class GeneratorContract
{
    /// <summary>What else to do for fewer dimensions where vectors are sparse.</summary>
    public const string FewerEntries =
        $" To keep the heaviest entries only, set {nameof(SpladeEncodingOptions)}.{nameof(SpladeEncodingOptions.MaxActiveDimensions)}.";

    private const string ProviderName = "splade.ai";

    public static EmbeddingGeneratorMetadata Metadata(string modelId, int dimensions) =>
        new(ProviderName, defaultModelId: modelId, defaultModelDimensions: dimensions);

    /// <summary>A generator has one model of one size: another wish is refused rather than passed over.</summary>
    /// <param name="options">What a call asks for.</param>
    /// <param name="metadata">What the generator has.</param>
    /// <param name="remedy">What else to do for fewer dimensions, as a sentence; null if there is nothing.</param>
    public static void CheckOptions(EmbeddingGenerationOptions? options, EmbeddingGeneratorMetadata metadata, string? remedy = null)
    {
        if (options?.ModelId is string model && model != metadata.DefaultModelId)
        {
            throw new ArgumentException(
                $"The options ask for the model '{model}', but this generator has '{metadata.DefaultModelId}'. Create a generator for that model.",
                nameof(options));
        }

        if (options?.Dimensions is int dimensions && dimensions != metadata.DefaultModelDimensions)
        {
            throw new ArgumentException(
                $"The options ask for {dimensions} dimensions, but '{metadata.DefaultModelId}' has {metadata.DefaultModelDimensions}. "
                + $"Leave {nameof(EmbeddingGenerationOptions.Dimensions)} unset.{remedy}",
                nameof(options));
        }
    }

    public static UsageDetails Usage(long tokens, long truncated) => new()
    {
        InputTokenCount = tokens,
        TotalTokenCount = tokens,
        AdditionalCounts = new AdditionalPropertiesDictionary<long> { [SpladeTelemetry.TruncatedInputs] = truncated },
    };

    /// <summary>
    /// The generator itself for any type that it is, or one of its parts for a class of this library or the metadata's: a part is not
    /// given out as something it merely implements, such as a disposable. Services with a key there are none.
    /// </summary>
    public static object? GetService(Type serviceType, object? serviceKey, object generator, params ReadOnlySpan<object?> parts)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        if (serviceKey is not null)
        {
            return null;
        }

        if (serviceType.IsInstanceOfType(generator))
        {
            return generator;
        }

        foreach (object? part in parts)
        {
            if (serviceType.IsClass && serviceType != typeof(object) && serviceType.IsInstanceOfType(part))
            {
                return part;
            }
        }

        return null;
    }
}
