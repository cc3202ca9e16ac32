namespace Splade.AI.Weights.Torch;

/// <summary>What a pickle may name: exactly what a dictionary of tensors needs.</summary>
internal static class PickleGlobals
{
    private static readonly Dictionary<string, object> Allowed = new(StringComparer.Ordinal)
    {
        ["collections OrderedDict"] = new PickleFunction("OrderedDict", arguments => arguments is [] ? new PickleDictionary() : null),
        ["torch._utils _rebuild_tensor_v2"] = new PickleFunction("_rebuild_tensor_v2", TensorOf),
        ["torch._utils _rebuild_parameter"] = new PickleFunction(
            "_rebuild_parameter", arguments => arguments is [TorchView view, bool, PickleDictionary] ? view : null),
        ["torch FloatStorage"] = new TorchType("float32", WeightType.Float32, 4),
        ["torch HalfStorage"] = new TorchType("float16", WeightType.Float16, 2),
        ["torch BFloat16Storage"] = new TorchType("bfloat16", WeightType.BFloat16, 2),
        ["torch DoubleStorage"] = new TorchType("float64", WeightType.Other, 8),
        ["torch LongStorage"] = new TorchType("int64", WeightType.Other, 8),
        ["torch IntStorage"] = new TorchType("int32", WeightType.Other, 4),
        ["torch ShortStorage"] = new TorchType("int16", WeightType.Other, 2),
        ["torch CharStorage"] = new TorchType("int8", WeightType.Other, 1),
        ["torch ByteStorage"] = new TorchType("uint8", WeightType.Other, 1),
        ["torch BoolStorage"] = new TorchType("bool", WeightType.Other, 1),
    };

    /// <exception cref="NotSupportedException">It is nothing that a dictionary of tensors needs.</exception>
    public static object Find(string module, string name) => Allowed.GetValueOrDefault($"{module} {name}") ?? throw new NotSupportedException(
        $"The file names '{module}.{name}', which may run code when Python loads it. Expected the tensors of a model and nothing else. Do not use the file if "
        + "you do not know its origin; take the model's safetensors file, or save its state_dict alone.");

    // Storage, first element, shape, strides, whether gradients are wanted, hooks.
    private static TorchView? TensorOf(object?[] arguments) =>
        arguments is [TorchStorage storage, long offset, object?[] shape, object?[] strides, bool, PickleDictionary]
        && shape.Length <= WeightTensor.MostDimensions && shape.Length == strides.Length
        && offset >= 0 && AreNumbers(shape) && AreNumbers(strides)
            ? new TorchView(storage, offset, shape, strides)
            : null;

    private static bool AreNumbers(object?[] tuple) => Array.TrueForAll(tuple, n => n is long and >= 0);
}
