using Splade.AI.Tests.Onnx;
using Splade.AI.Tests.Search.Storage;

namespace Splade.AI.Tests;

/// <summary>What tests run in processes of their own: to kill them, or to let two of them meet.</summary>
internal static class Program
{
    public static int Main(string[] arguments) => arguments switch
    {
        ["write", string folder, string seed, string first] => StorageProgram.Write(folder, isStore: false, ScriptedWrites.Parse(seed), ScriptedWrites.Parse(first)),
        ["store", string folder, string seed, string first] => StorageProgram.Write(folder, isStore: true, ScriptedWrites.Parse(seed), ScriptedWrites.Parse(first)),
        ["backups", string folder, string seed] => StorageProgram.BackUp(folder, ScriptedWrites.Parse(seed)),
        ["fill", string folder] => StorageProgram.Fill(folder),
        ["hold", string folder] => StorageProgram.Hold(folder),
        ["wander", string folder] => StorageProgram.Wander(folder),
        ["encode", string provider] => EncodingProgram.Encode(Enum.Parse<ExecutionProvider>(provider)),
        _ => 2,
    };
}
