from keras_productgen.models.zero_dce.zero_dce import ZeroDCE as ZeroDCE
