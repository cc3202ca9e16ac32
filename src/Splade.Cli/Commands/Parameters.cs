using System.CommandLine;
using Splade.AI;
using Splade.Cli.Terminal;

namespace Splade.Cli.Commands;

/// <summary>The arguments and options that several commands share.</summary>
internal static class Parameters
{
    public static Argument<string> Folder() => new("FOLDER")
    {
        Description = "A model's folder, or the owner/name of a model in the local Hugging Face cache",
    };

    /// <summary>Where any sparse encoder is taken.</summary>
    public static Argument<string> SparseFolder() => new("FOLDER")
    {
        Description = "A model's folder, the owner/name of a model in the local Hugging Face cache, or bm25, which needs no model "
            + "(a folder of that name is ./bm25)",
    };

    public static Option<string> Input() => new("--input", "-i")
    {
        Description = "Read lines from this file, - for standard input: JSON objects with \"text\" and optionally \"title\" and \"id\", or plain texts",
        HelpName = "FILE",
        DefaultValueFactory = _ => StandardStreams.Standard,
    };

    public static Option<string> Output() => new("--output", "-o")
    {
        Description = "Write lines to this file, - for standard output",
        HelpName = "FILE",
        DefaultValueFactory = _ => StandardStreams.Standard,
    };

    public static Option<bool> Json(string description) => new("--json") { Description = description };

    public static Option<Precision> Precision() => Choice(
        "--precision",
        "exact for the vectors of the model; fast for products in integers of 8 bits, see splade agreement [default: exact]",
        ("exact", AI.Precision.Exact),
        ("fast", AI.Precision.Fast));

    public static Option<string?> Policy() => new("--policy")
    {
        Description = "Put vectors under the vocabulary policy in this JSON file: terms are banned, boosted, given to synonyms, forced [default: none]",
        HelpName = "FILE",
    };

    /// <summary>An option that takes one of some words, and is the default of its type where it is not given.</summary>
    public static Option<T> Choice<T>(string name, string description, params (string Word, T Value)[] choices)
    {
        string[] words = [.. choices.Select(choice => choice.Word)];
        return new(name)
        {
            Description = description,
            HelpName = string.Join('|', words),
            CustomParser = argument =>
            {
                string given = argument.Tokens[0].Value;
                int place = Array.IndexOf(words, given);
                if (place < 0)
                {
                    argument.AddError($"{name} is '{given}', expected {string.Join(", ", words[..^1])} or {words[^1]}.");
                }

                return place < 0 ? default : choices[place].Value;
            },
        };
    }

    /// <summary>An option that takes a whole number from a least one on, and is null where it is not given.</summary>
    public static Option<int?> Number(string name, string helpName, int least, string description) => new(name)
    {
        Description = description,
        HelpName = helpName,
        CustomParser = argument =>
        {
            if (!int.TryParse(argument.Tokens[0].Value, out int number) || number < least)
            {
                argument.AddError($"{name} is '{argument.Tokens[0].Value}', expected a whole number from {least} on.");
            }

            return number;
        },
    };
}
