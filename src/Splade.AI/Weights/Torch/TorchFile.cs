namespace Splade.AI.Weights.Torch;

/// <summary>Reads the dictionary of tensors that <c>torch.save</c> writes: a pickle in a zip, beside the numbers.</summary>
internal static class TorchFile
{
    /// <summary>The most tensors. The largest models have some thousand.</summary>
    private const int MostTensors = 50_000;

    private const string StateDict = "state_dict";

    // The first pickle of the form before 1.6: its number, 0x1950a86a20f9469cfc6c.
    private static ReadOnlySpan<byte> Legacy => [0x80, 2, 0x8a, 10, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19];

    /// <summary>The tensors by name.</summary>
    /// <exception cref="SpladeModelException">The file cannot be read, is damaged, or holds anything else. Nothing in it is run.</exception>
    public static IReadOnlyDictionary<string, WeightTensor> Read(string path) => WeightFile.Read(path, "torch", Read);

    private static Dictionary<string, WeightTensor> Read(WeightFile file)
    {
        RefuseLegacy(file);
        var archive = TorchArchive.Open(file);
        if (PickleMachine.Run(archive.ReadPickle(), file.Memory) is not PickleDictionary weights)
        {
            throw new NotSupportedException("The file holds no dictionary, expected one of tensors. Save the model's state_dict alone.");
        }

        if (weights.Items.Count > MostTensors)
        {
            throw new FormatException($"It names {weights.Items.Count} tensors, expected at most {MostTensors}.");
        }

        var tensors = new Dictionary<string, WeightTensor>(StringComparer.Ordinal);
        foreach ((string name, object? value) in weights.Items)
        {
            tensors.Add(name, value is TorchView view ? view.Place(name, file.Path, archive.Find(view.Storage)) : throw NoTensor(name));
        }

        return tensors;
    }

    private static void RefuseLegacy(WeightFile file)
    {
        if (file.Length >= Legacy.Length && file.ReadBytes(0, Legacy.Length).AsSpan().SequenceEqual(Legacy))
        {
            throw new NotSupportedException(
                "The file was saved by torch before 1.6, or as torch did then, which is not read. Load it with a newer torch and save it again, or take the "
                + "model's safetensors file.");
        }
    }

    private static NotSupportedException NoTensor(string name) => new(name == StateDict
        ? $"The file is of a training run: its weights are in '{StateDict}'. Expected them alone. Load it with torch and save its '{StateDict}'."
        : $"'{name}' in the file is no tensor, expected tensors alone. Load it with torch and save the model's {StateDict}.");
}
