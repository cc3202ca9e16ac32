using Splade.Cli.Stores;

namespace KernelChat;

/// <summary>What the command line asked for.</summary>
/// <param name="Folder">The folder with the files; null for the handbook.</param>
/// <param name="Store">The address of the store that keeps the passages; null to keep them in memory.</param>
/// <param name="Question">The one question; empty to read one from each line of the input.</param>
internal sealed record ChatArguments(string? Folder, string? Store, string Question)
{
    public const string Usage = "Usage: KernelChat [--folder FOLDER] [--store ADDRESS] [QUESTION]\n"
        + $"ADDRESS is {StoreAddress.Help}; without it passages are kept in memory.";

    /// <summary>Reads the arguments; null where they are none.</summary>
    public static ChatArguments? Parse(string[] args)
    {
        string? folder = null, store = null;
        while (args is ["--folder" or "--store", ..])
        {
            if (args is not [var name, { Length: > 0 } value, .. var rest])
            {
                return null;
            }

            (folder, store) = name == "--folder" ? (value, store) : (folder, value);
            args = rest;
        }

        return args is [.., var last] && string.IsNullOrWhiteSpace(last) ? null : new ChatArguments(folder, store, string.Join(' ', args));
    }

    /// <summary>The question that was given, or the lines of the input.</summary>
    public IEnumerable<string> Questions(TextReader input)
    {
        if (Question.Length > 0)
        {
            yield return Question;
            yield break;
        }

        while (input.ReadLine()?.Trim() is string line)
        {
            if (line.Length > 0)
            {
                yield return line;
            }
        }
    }
}
