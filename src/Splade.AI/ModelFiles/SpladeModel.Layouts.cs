using System.Text.Json;
using Splade.AI.Files;

namespace Splade.AI.ModelFiles;

/// <content>The layouts that a folder may have.</content>
public sealed partial class SpladeModel
{
    // Sentence Transformers takes such a model for SPLADE with its usual pooling, unless weights of query tokens lie beside it.
    private static SpladeModel ReadBareTransformer(ModelFolder files, string? modelFile, SpladeActivation? activation)
    {
        RequireMaskedLanguageModel(files);
        var transformer = TransformerFolder.Read(files.Path, TransformerTask.FillMask, modelFile);
        StaticQueryFolder? queries = StaticQueryFolder.ReadRoot(files.Path, transformer.MaxTokens);
        if (queries is not null && activation is null)
        {
            throw new SpladeModelException(
                $"The folder has {Path.GetFileName(queries.WeightsFile)} and no modules.json, as FastEmbed publishes inference-free models: it does not say "
                + $"which activation makes weights of logits. Set SpladeEngineOptions.Activation: "
                + $"{nameof(SpladeActivation.Relu)} for OpenSearch's models of versions 1 and 2, {nameof(SpladeActivation.Log1pRelu)} for those of version 3.",
                files.Path);
        }

        SpladePoolingConfig pooling = SpladePoolingConfig.Default with { Activation = activation ?? SpladePoolingConfig.Default.Activation };
        return new SpladeModel(files, transformer, pooling, queries) { LeavesOutSpecialTokens = queries is not null };
    }

    private static void RequireMaskedLanguageModel(ModelFolder files)
    {
        if (ForeignLayout.Describe(files) is string other)
        {
            throw new SpladeModelException($"The folder holds {other}. Expected a SPLADE model.", files.Path);
        }

        JsonElement config = JsonFile.Read(Path.Combine(files.Path, "config.json"));
        if (!TransformerFolder.IsMaskedLanguageModel(config))
        {
            string found = TransformerFolder.ArchitecturesOf(config).FirstOrDefault() is string name ? $"{name}, an encoder without a head" : "none";
            throw new SpladeModelException(
                $"The folder has no modules.json, and config.json names no '...ForMaskedLM' architecture but {found}. Expected a SPLADE model; a dense one "
                + $"goes to DenseEmbeddingGenerator.",
                files.Path);
        }
    }

    private static SpladeModel ReadRouter(ModelFolder files, ModelModule router, string? modelFile)
    {
        RouterConfig routes = RouterConfig.Read(router.Folder);
        if (routes.Query is [{ IsStaticEmbedding: true } table])
        {
            return ReadNeural(files, routes.Document, "router_config.json", modelFile, StaticQueryFolder.Read(table.Folder, files.Path));
        }

        if (!routes.Query.SequenceEqual(routes.Document))
        {
            throw new SpladeModelException(
                $"Queries go through {ModelModule.Kinds(routes.Query)} and documents through {ModelModule.Kinds(routes.Document)}. "
                + "Expected a SparseStaticEmbedding for queries, or the same modules for both.", router.Folder);
        }

        return ReadNeural(files, routes.Document, "router_config.json", modelFile, staticQuery: null);
    }

    private static SpladeModel ReadNeural(
        ModelFolder files, IReadOnlyList<ModelModule> modules, string source, string? modelFile, StaticQueryFolder? staticQuery)
    {
        if (modules is not [{ IsTransformer: true } transformer, { Kind: "SpladePooling" } pooling])
        {
            string other = ForeignLayout.Describe(files) is string found ? $" The folder holds {found}." : "";
            throw new SpladeModelException(
                $"The modules are {ModelModule.Kinds(modules)}. Expected [Transformer, SpladePooling]; a dense model goes to "
                + $"DenseEmbeddingGenerator, and a SparseAutoEncoder has no vocabulary to search by.{other}",
                Path.Combine(files.Path, source));
        }

        files.RequireModelType("SparseEncoder");
        var neural = TransformerFolder.Read(transformer.Folder, TransformerTask.FillMask, modelFile);
        return new SpladeModel(files, neural, SpladePoolingConfig.Read(pooling.Folder), staticQuery);
    }
}
