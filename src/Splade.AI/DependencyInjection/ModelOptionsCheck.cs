using Microsoft.Extensions.Options;
using Splade.AI.ModelFiles.Hub;

namespace Splade.AI.DependencyInjection;

/// <summary>Refuses options whose model cannot be loaded, as far as its small files tell: at the start of a host, and again before each load.</summary>
internal sealed class ModelOptionsCheck<TOptions>(ModelKind<TOptions> kind, IEnumerable<ConfiguredSection<TOptions>> sections) : IValidateOptions<TOptions>
    where TOptions : EncoderOptions, new()
{
    public ValidateOptionsResult Validate(string? name, TOptions options)
    {
        ConfiguredSection<TOptions>? origin = sections.LastOrDefault(s => s.Name == name);
        if (options.ModelFolder.Length == 0)
        {
            return ValidateOptionsResult.Fail($"{kind.Describe(name)} has no {nameof(options.ModelFolder)}. {RemedyForNone(origin)}");
        }

        try
        {
            if (Directory.Exists(options.ModelFolder))
            {
                kind.Check(options);
            }
            else
            {
                RequireName(options);
            }

            return ValidateOptionsResult.Success;
        }
        catch (Exception problem) when (problem is SpladeModelException or ArgumentException)
        {
            return ValidateOptionsResult.Fail($"{kind.Describe(name)} cannot be loaded. {problem.Message}{Where(origin)}");
        }
    }

    // The hub is asked when the model is loaded, and not before: it may download.
    private static void RequireName(TOptions options)
    {
        if (options.Hub is null)
        {
            throw HubErrors.NoFolder(options.GivenFolder ?? options.ModelFolder, Path.GetFullPath(options.ModelFolder));
        }

        if (!ModelName.TryParse(options.ModelFolder, out _))
        {
            throw HubErrors.NotAModel(options.ModelFolder);
        }
    }

    private static string RemedyForNone(ConfiguredSection<TOptions>? origin) => origin switch
    {
        null => "Set it to the folder of a model where it is added to the services.",
        { Section.Value: { Length: > 0 } text } =>
            $"Found the text '{text}' under '{origin.Section.Path}', expected a section with '{nameof(EncoderOptions.ModelFolder)}' in it.",
        _ when origin.Section.GetChildren().Any() => $"Set '{origin.Section.Path}:{nameof(EncoderOptions.ModelFolder)}' to the folder of a model.",
        _ => $"The configuration has nothing under '{origin.Section.Path}'. Expected a section there, with '{nameof(EncoderOptions.ModelFolder)}' in it.",
    };

    private static string Where(ConfiguredSection<TOptions>? origin)
    {
        const string Key = nameof(EncoderOptions.ModelFolder);
        return origin?.Section[Key] is string written ? $" '{origin.Section.Path}:{Key}' is '{written}'." : "";
    }
}
