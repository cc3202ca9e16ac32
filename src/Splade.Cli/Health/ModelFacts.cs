using Splade.AI;
using Splade.AI.ModelFiles;

namespace Splade.Cli.Health;

/// <summary>What a folder says of its model, for programs; <see cref="SpladeModel.ToString"/> says it to people.</summary>
internal sealed record ModelFacts(
    string Name,
    string? Architecture,
    PoolingStrategy Pooling,
    SpladeActivation Activation,
    bool InferenceFreeQueries,
    int MaxTokens,
    int Dimensions,
    IReadOnlyDictionary<string, string> Prompts,
    string? License,
    bool NonCommercial,
    string OnnxFile,
    IReadOnlyList<string> Devices)
{
    public static ModelFacts Of(SpladeEngine engine)
    {
        SpladeModel model = engine.Model;
        return new ModelFacts(
            model.Name,
            model.Architecture,
            model.Pooling,
            model.Activation,
            model.HasInferenceFreeQueries,
            model.MaxTokens,
            engine.Vocabulary.Count,
            model.Prompts,
            model.License,
            model.IsNonCommercial,
            model.ModelFile,
            engine.Devices);
    }
}
