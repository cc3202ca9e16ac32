using System.Numerics.Tensors;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.AI;
using Splade.AI;

namespace Splade.Cli.Serving.Routes;

/// <summary><c>/embed</c> of Text Embeddings Inference, and the vectors of <c>/v1/embeddings</c>.</summary>
internal sealed class DenseRoute(DenseEmbeddingGenerator? generator, ServedTexts served)
{
    public const string Path = "embed";

    /// <summary>The generator.</summary>
    /// <exception cref="ServingException">There is none.</exception>
    public DenseEmbeddingGenerator Generator => generator ?? throw ServingException.NoModel(Path, "Start it with --dense and the folder of a dense model.");

    /// <summary>The size of its vectors.</summary>
    public int Dimensions => ((EmbeddingGeneratorMetadata)Generator.GetService(typeof(EmbeddingGeneratorMetadata))!).DefaultModelDimensions!.Value;

    public async Task RunAsync(HttpContext context)
    {
        var request = new RequestMembers(
            await Answers.ReadAsync(context).ConfigureAwait(false), "inputs", "truncate", "truncation_direction", "prompt_name", "normalize", "dimensions");
        string[] texts = request.Texts("inputs");
        bool normalizes = Normalizes(request.Flag("normalize") ?? true);
        GeneratedEmbeddings<Embedding<float>> embeddings = await EncodeAsync(
            texts, "inputs", request.Text("prompt_name"), served.Truncates(request), request.Number("dimensions"), context.RequestAborted).ConfigureAwait(false);
        await Answers.WriteAsync(
            context,
            writer =>
            {
                writer.WriteStartArray();
                foreach (Embedding<float> embedding in embeddings)
                {
                    writer.WriteStartArray();
                    foreach (float number in normalizes ? ToUnitLength(embedding.Vector.Span) : embedding.Vector.Span)
                    {
                        writer.WriteNumberValue(number);
                    }

                    writer.WriteEndArray();
                }

                writer.WriteEndArray();
            },
            embeddings.Usage?.InputTokenCount).ConfigureAwait(false);
    }

    /// <summary>Encodes texts within the limits.</summary>
    /// <exception cref="ServingException">There is no model, or a limit or size is asked for that it does not have.</exception>
    public async Task<GeneratedEmbeddings<Embedding<float>>> EncodeAsync(
        string[] texts, string member, string? promptName, bool truncates, int? dimensions, CancellationToken cancellationToken)
    {
        if (dimensions is int asked && asked != Dimensions)
        {
            throw ServingException.Invalid($"`dimensions` is {asked}, but '{Generator.Model.Name}' has {Dimensions}. Leave it out.", "dimensions");
        }

        var options = new SpladeEmbeddingGenerationOptions { Encoding = ServedTexts.Encoding(promptName, truncates) };
        using Admission.Permits permits = served.Admit(texts, member);
        return await Generator.GenerateAsync(texts, options, cancellationToken).ConfigureAwait(false);
    }

    // Whether vectors are to be scaled here: those of most models are.
    private bool Normalizes(bool isAskedFor)
    {
        bool hasModule = Generator.Model.Normalize;
        return isAskedFor || !hasModule ? isAskedFor && !hasModule : throw ServingException.Invalid(
            $"`normalize` is false, but '{Generator.Model.Name}' scales its vectors to length 1 itself. Leave it out.", "normalize");
    }

    private static ReadOnlySpan<float> ToUnitLength(ReadOnlySpan<float> vector)
    {
        var scaled = new float[vector.Length];
        float length = TensorPrimitives.Norm(vector);
        TensorPrimitives.Divide(vector, length > 0 ? length : 1, scaled);
        return scaled;
    }
}
