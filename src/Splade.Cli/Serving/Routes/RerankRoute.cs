using Microsoft.AspNetCore.Http;
using Splade.AI;

namespace Splade.Cli.Serving.Routes;

/// <summary><c>/rerank</c> of Text Embeddings Inference.</summary>
internal sealed class RerankRoute(CrossEncoderReranker? reranker, ServedTexts served)
{
    public const string Path = "rerank";

    public async Task RunAsync(HttpContext context)
    {
        var request = new RequestMembers(
            await Answers.ReadAsync(context).ConfigureAwait(false),
            "query",
            "texts",
            "raw_scores",
            "return_text",
            "truncate",
            "truncation_direction");
        string query = request.RequiredText("query");
        string[] texts = request.Texts("texts");
        bool raw = request.Flag("raw_scores") ?? false, withTexts = request.Flag("return_text") ?? false, truncates = served.Truncates(request);
        using Admission.Permits permits = served.Admit(texts, "texts");
        if (reranker is null)
        {
            throw ServingException.NoModel(Path, "Start it with --rerank and the folder of a cross-encoder.");
        }

        IReadOnlyList<RerankResult> results = await reranker.RerankAsync(query, texts, null, context.RequestAborted).ConfigureAwait(false);
        if (!truncates && results.Where(result => result.Truncated).MinBy(result => result.Index) is RerankResult cut)
        {
            throw ServingException.Invalid(
                $"`query` and the text at position {cut.Index} must have less than {reranker.MaxTokens} tokens together. Shorten it, or set `truncate` to true.", "texts");
        }

        await Answers.WriteAsync(context, writer =>
        {
            writer.WriteStartArray();
            foreach (RerankResult result in results)
            {
                writer.WriteStartObject();
                writer.WriteNumber("index", result.Index);
                if (withTexts)
                {
                    writer.WriteString("text", texts[result.Index]);
                }

                writer.WriteNumber("score", raw ? result.Logit : Sigmoid(result.Logit));
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        }).ConfigureAwait(false);
    }

    // Of every model, whatever its folder says of an activation: what Text Embeddings Inference gives.
    private static float Sigmoid(float logit) => 1 / (1 + MathF.Exp(-logit));
}
